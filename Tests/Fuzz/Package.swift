// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// A package of its own: it can only be built with `--sanitize=fuzzer`, which brings the function `main`.
let package = Package(
    name: "almanac-fuzz",
    dependencies: [.package(name: "almanac", path: "../..")],
    targets: [
        .executableTarget(
            name: "fuzz",
            dependencies: [.product(name: "AlmanacFuzzing", package: "almanac")],
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
    ]
)
