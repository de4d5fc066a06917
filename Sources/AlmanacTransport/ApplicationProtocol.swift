import COpenSSL

/// Both sides speak one protocol and name it by ALPN (RFC 7301); without agreement there is no connection.
enum ApplicationProtocol {
    static let name = Array(TLSContext.applicationProtocol.utf8)

    /// The list of one, as it is sent: each name after its length in a byte.
    static var list: [UInt8] { [UInt8(truncatingIfNeeded: name.count)] + name }

    static func offer(on context: OpaquePointer) throws(TLSConfigurationError) {
        let list = list
        // This function alone answers 0 for success.
        guard SSL_CTX_set_alpn_protos(context, list, UInt32(truncatingIfNeeded: list.count)) == 0 else {
            throw .refused(setting: "the application protocol", reason: OpenSSLFailure.drain().text)
        }
    }

    static func require(on context: OpaquePointer) {
        // A client that offers no protocol at all never reaches the selection.
        SSL_CTX_set_client_hello_cb(context, { ssl, alert, _ in ApplicationProtocol.checkIsOffered(ssl, alert) }, nil)
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, chosen, chosenCount, offered, offeredCount, _ in
                ApplicationProtocol.select(chosen, chosenCount, offered: offered, count: Int(offeredCount))
            }, nil)
    }

    /// Whether the finished handshake agreed on our protocol.
    static func isAgreed(on ssl: OpaquePointer) -> Bool {
        var selected: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &selected, &count)
        return UnsafeBufferPointer(start: selected, count: Int(count)).elementsEqual(name)
    }

    private static func checkIsOffered(_ ssl: OpaquePointer?, _ alert: UnsafeMutablePointer<Int32>?) -> Int32 {
        guard SSL_client_hello_get0_ext(ssl, UInt32(TLSEXT_TYPE_application_layer_protocol_negotiation), nil, nil) == 1 else {
            alert?.pointee = SSL_AD_NO_APPLICATION_PROTOCOL
            TLSEngine.of(ssl)?.refusal = .noCommonProtocol
            return SSL_CLIENT_HELLO_ERROR
        }
        return SSL_CLIENT_HELLO_SUCCESS
    }

    /// The answer points into the peer's list, because it must outlive this call.
    private static func select(
        _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ chosenCount: UnsafeMutablePointer<UInt8>?,
        offered: UnsafePointer<UInt8>?, count: Int
    ) -> Int32 {
        var rest = UnsafeBufferPointer(start: offered, count: offered == nil ? 0 : count)[...]
        while let length = rest.popFirst(), length <= rest.count {
            let candidate = rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
            if candidate.elementsEqual(name) {
                chosen?.pointee = UnsafeBufferPointer(rebasing: candidate).baseAddress
                chosenCount?.pointee = length
                return SSL_TLSEXT_ERR_OK
            }
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }
}
