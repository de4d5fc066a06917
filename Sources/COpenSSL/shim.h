#pragma once
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <time.h>

// TLS

#define ALMANAC_TLS_OPTIONS \
    (SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE)

static inline int almanac_tls_require_1_3(SSL_CTX *context) {
    return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1
        && SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1;
}

static inline void almanac_tls_set_options(SSL_CTX *context) {
    SSL_CTX_set_options(context, ALMANAC_TLS_OPTIONS);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_NO_AUTO_CHAIN);
}

static inline void almanac_tls_disable_session_cache(SSL_CTX *context) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

// New sessions go to the callback alone.
static inline void almanac_tls_hand_over_sessions(SSL_CTX *context, int (*callback)(SSL *, SSL_SESSION *)) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, callback);
}

static inline int almanac_x509_is_past(const X509 *certificate) {
    return X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0;
}

/* Seconds since 1970 from which on it is valid no more; 0 if it does not say. */
static inline long long almanac_x509_end(const X509 *certificate) {
    struct tm end;
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1) return 0;
    return (long long)timegm(&end);
}

static inline void almanac_tls_set_max_cert_list(SSL_CTX *context, long byteCount) {
    SSL_CTX_set_max_cert_list(context, byteCount);
}

static inline int almanac_tls_set_groups(SSL_CTX *context, const char *names) {
    return SSL_CTX_set1_groups_list(context, (char *)names) == 1;
}

// Takes a reference of its own to the certificate.
static inline int almanac_tls_add_chain_certificate(SSL_CTX *context, X509 *certificate) {
    return SSL_CTX_add1_chain_cert(context, certificate) == 1;
}

static inline int almanac_x509_count(const STACK_OF(X509) *certificates) {
    return certificates == NULL ? 0 : sk_X509_num(certificates);
}

static inline X509 *almanac_x509_at(const STACK_OF(X509) *certificates, int index) {
    return sk_X509_value(certificates, index);
}

// The stack owns neither its certificates nor references to them; free it with almanac_x509_stack_free.
static inline STACK_OF(X509) *almanac_x509_stack_of(X509 *certificate) {
    STACK_OF(X509) *stack = sk_X509_new_null();
    if (stack != NULL && sk_X509_push(stack, certificate) <= 0) {
        sk_X509_free(stack);
        return NULL;
    }
    return stack;
}

static inline void almanac_x509_stack_free(STACK_OF(X509) *stack) {
    sk_X509_free(stack);
}
