// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioConcurrency = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "almanac",
    products: [
        .executable(name: "almanacd", targets: ["almanacd"]),
        .executable(name: "almanac", targets: ["almanac"]),
        .library(name: "AlmanacClient", targets: ["AlmanacClient"]),
        .library(name: "AlmanacModel", targets: ["AlmanacModel"]),
        .library(name: "AlmanacCrypto", targets: ["AlmanacCrypto"]),
        .library(name: "AlmanacWire", targets: ["AlmanacWire"]),
        .library(name: "AlmanacTransport", targets: ["AlmanacTransport"]),
        .library(name: "AlmanacReplica", targets: ["AlmanacReplica"]),
        .library(name: "AlmanacFuzzing", targets: ["AlmanacFuzzing"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["libz-dev"])]),

        .target(name: "AlmanacModel", swiftSettings: strict),
        .target(name: "AlmanacCrypto", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "AlmanacRules", dependencies: ["AlmanacModel"], swiftSettings: strict),
        .target(name: "AlmanacPackage", dependencies: ["AlmanacModel"], exclude: ["README.md"], swiftSettings: strict),
        .target(name: "AlmanacWire", dependencies: ["AlmanacModel", "CZlib", nioCore], swiftSettings: strict),
        .target(
            name: "AlmanacReplica",
            dependencies: ["AlmanacModel", "AlmanacWire", "AlmanacCrypto", grdb, sqlite],
            swiftSettings: strict),
        .target(name: "AlmanacSync", dependencies: ["AlmanacModel", "AlmanacWire"], swiftSettings: strict),
        .target(
            name: "AlmanacDataset",
            dependencies: ["AlmanacModel", "AlmanacPackage", "AlmanacReplica"],
            exclude: ["Inputs", "Mappings", "Package", "README.md", "Tools"],
            swiftSettings: strict),
        .target(
            name: "AlmanacTransport",
            dependencies: ["AlmanacWire", "AlmanacCrypto", "COpenSSL", nioCore, nioPosix],
            swiftSettings: strict),
        .target(
            name: "AlmanacServer",
            dependencies: [
                "AlmanacSync", "AlmanacRules", "AlmanacReplica", "AlmanacTransport", "AlmanacPackage", "AlmanacCrypto", logging,
                nioCore, nioPosix, nioHTTP1,
                nioConcurrency,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "almanacd",
            dependencies: [
                "AlmanacServer", "AlmanacPackage", "AlmanacReplica", "AlmanacWire", "AlmanacModel", argumentParser, logging,
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .target(
            name: "AlmanacClient",
            dependencies: ["AlmanacSync", "AlmanacRules", "AlmanacReplica", "AlmanacTransport", "AlmanacPackage"],
            path: "Clients/AlmanacClient",
            swiftSettings: strict),
        .executableTarget(
            name: "almanac",
            dependencies: ["AlmanacClient", "AlmanacDataset", "AlmanacReplica", "AlmanacRules", "AlmanacModel", argumentParser],
            path: "Clients/almanac",
            swiftSettings: strict),

        // What Tests/Fuzz feeds with bytes; the tests feed it with what was found and kept.
        .target(
            name: "AlmanacFuzzing",
            dependencies: [
                "AlmanacModel", "AlmanacCrypto", "AlmanacWire", "AlmanacSync", "AlmanacPackage", "AlmanacReplica",
                "AlmanacServer", "AlmanacClient", nioCore,
            ],
            path: "Tests/Support/AlmanacFuzzing",
            swiftSettings: strict),
        .testTarget(name: "AlmanacFuzzTests", dependencies: ["AlmanacFuzzing"], swiftSettings: strict),

        .target(name: "TestSupport", path: "Tests/Support/TestSupport", swiftSettings: strict),
        .testTarget(name: "AlmanacModelTests", dependencies: ["AlmanacModel", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "AlmanacCryptoTests", dependencies: ["AlmanacCrypto", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "AlmanacRulesTests", dependencies: ["AlmanacRules", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "AlmanacPackageTests", dependencies: ["AlmanacPackage", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "AlmanacWireTests", dependencies: ["AlmanacWire", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "AlmanacReplicaTests", dependencies: ["AlmanacReplica", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AlmanacDatasetTests",
            dependencies: [
                "AlmanacClient", "AlmanacDataset", "AlmanacReplica", "AlmanacServer", "AlmanacPackage", "AlmanacModel",
                "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(name: "AlmanacSyncTests", dependencies: ["AlmanacSync", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AlmanacTransportTests",
            dependencies: ["AlmanacTransport", "TestSupport", nioEmbedded],
            swiftSettings: strict),
        .testTarget(name: "AlmanacServerTests", dependencies: ["AlmanacServer", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "AlmanacClient", "AlmanacServer", "AlmanacReplica", "AlmanacRules", "AlmanacModel", "AlmanacWire", logging,
                nioCore,
                logging, nioCore, nioPosix, nioConcurrency, "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AlmanacClientTests", dependencies: ["AlmanacClient", "AlmanacServer", "TestSupport"], swiftSettings: strict),
    ]
)
