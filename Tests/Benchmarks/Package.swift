// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let model = Target.Dependency.product(name: "AlmanacModel", package: "almanac")
let crypto = Target.Dependency.product(name: "AlmanacCrypto", package: "almanac")
let wire = Target.Dependency.product(name: "AlmanacWire", package: "almanac")
let transport = Target.Dependency.product(name: "AlmanacTransport", package: "almanac")
let replica = Target.Dependency.product(name: "AlmanacReplica", package: "almanac")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let concurrencyHelpers = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let benchmark = Target.Dependency.product(name: "Benchmark", package: "benchmark")

// A package of its own, so that who builds Almanac does not build what measures it.
let package = Package(
    name: "almanac-benchmarks",
    dependencies: [
        .package(name: "almanac", path: "../.."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .systemLibrary(name: "CDeflate", pkgConfig: "zlib", providers: [.apt(["libz-dev"])]),
        .systemLibrary(name: "CSpawn"),
        .target(name: "GeneratedData", dependencies: [model], swiftSettings: strict),
        .target(
            name: "Measuring",
            dependencies: ["GeneratedData", "CDeflate", model, crypto, wire, replica, sqlite, nioCore, benchmark],
            swiftSettings: strict),
        // Whoever depends on it has the programs beside itself.
        .target(
            name: "Programs",
            dependencies: [
                "CSpawn", .product(name: "almanacd", package: "almanac"), .product(name: "almanac", package: "almanac"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "end-to-end", dependencies: ["GeneratedData", "Programs", argumentParser], swiftSettings: strict),
        .executableTarget(
            name: "crowd",
            dependencies: [
                "GeneratedData", "Programs", model, crypto, wire, replica, transport, nioCore, nioPosix, concurrencyHelpers,
                argumentParser,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "WireBenchmarks",
            dependencies: ["GeneratedData", "Measuring", model, crypto, wire, nioCore, benchmark],
            path: "Benchmarks/WireBenchmarks",
            swiftSettings: strict,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .executableTarget(
            name: "ReplicaBenchmarks",
            dependencies: ["GeneratedData", "Measuring", model, wire, replica, benchmark],
            path: "Benchmarks/ReplicaBenchmarks",
            swiftSettings: strict,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ]
)
