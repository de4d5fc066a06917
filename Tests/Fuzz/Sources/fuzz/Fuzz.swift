import AlmanacFuzzing
import Foundation

/// The target of this process, named by the environment: libFuzzer has no arguments of ours.
private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
        stop("FUZZ_TARGET has to be one of: \(names)")
    }
    return target
}()

/// What libFuzzer calls for every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    do {
        try target.run(Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        stop("\(target.rawValue): \(error)")
    }
    return 0
}

/// libFuzzer keeps the input of a process that ends like this.
private func stop(_ sentence: String) -> Never {
    FileHandle.standardError.write(Data("\(sentence)\n".utf8))
    abort()
}
