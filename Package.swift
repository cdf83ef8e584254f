// swift-tools-version: 6.1
import PackageDescription

let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]
let c: [CSetting] = [.unsafeFlags(["-O3", "-fno-math-errno", "-fno-trapping-math", "-Wall", "-Wextra"])]

/// A Swift library of this package, with the language settings that all of them share.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swift)
}

/// The tests of a module; they mirror its folder.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name)] + dependencies, swiftSettings: swift)
}

let package = Package(
  name: "Vitrine",
  products: [.executable(name: "vitrine", targets: ["vitrine"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // C libraries from Debian, and loops that Swift can't dispatch at run time.
    .target(name: "COneDNN", cSettings: c, linkerSettings: [.linkedLibrary("dnnl")]),
    .target(name: "CKernels", cSettings: c, linkerSettings: [.linkedLibrary("gomp"), .linkedLibrary("m")]),
    .target(name: "CPNG", cSettings: c, linkerSettings: [.linkedLibrary("png")]),
    .target(name: "CJPEG", cSettings: c, linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CHDF5", cSettings: c, linkerSettings: [.linkedLibrary("hdf5_serial")]),
    .target(name: "CFileSystem", cSettings: c),
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-openmp-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCMark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),

    // Bottom to top: a module depends only on those above it in this list.
    module("Support", ["COpenSSL"]),
    module("Study", ["Support"]),
    module(
      "Collector",
      [
        "Support", "Study", "CFileSystem", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    module(
      "Server",
      [
        "Support", "Collector", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
      ]),
    module("Tensor", ["COpenBLAS", "CKernels"]),
    module("Imaging", ["Support", "Tensor", "CKernels", "CPNG", "CJPEG"]),
    // Not "Network": other packages ask whether Apple's framework of that name is there, and would find this one.
    module("NeuralNetwork", ["Support", "Tensor", "COneDNN", "CKernels"]),
    module("Checkpoints", ["Support", "CHDF5", "CZlib"]),
    module(
      "Models",
      [
        "Support", "Tensor", "Imaging", "NeuralNetwork", "Checkpoints",
        .product(name: "Yams", package: "Yams"),
      ]),
    module("Relevance", ["NeuralNetwork", "CKernels"]),
    module(
      "Visualization", ["Support", "Tensor", "Imaging", "NeuralNetwork", "Relevance", "Models", "CKernels"]),
    module(
      "Attribution",
      ["Support", "Tensor", "Imaging", "NeuralNetwork", "Models", "Relevance", "Visualization"]),
    module("Evaluation", ["Support", "Tensor", "Imaging", "NeuralNetwork", "Models"]),
    module(
      "Exhibition",
      [
        "Support", "Study", "Tensor", "Imaging", "NeuralNetwork", "Checkpoints", "Models", "Visualization",
        "Attribution", "Evaluation", .product(name: "Yams", package: "Yams"),
      ]),
    module(
      "Gallery",
      [
        "Support", "Study", "Imaging", "Models", "Visualization", "Evaluation", "Exhibition", "CCMark",
        "CFileSystem",
      ]),
    .executableTarget(
      name: "vitrine",
      dependencies: [
        "Support", "Imaging", "NeuralNetwork", "Checkpoints", "Models", "Visualization", "Attribution",
        "Evaluation",
        "Exhibition", "Gallery", "Study", "Collector", "Server", "CKernels",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: swift),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Support", "Tensor", "Imaging", "NeuralNetwork", "Models", "Relevance", "Visualization",
        "Attribution", "Exhibition", "Gallery",
        "CKernels",
      ],
      path: "Benchmarks", swiftSettings: swift),
    .executableTarget(
      name: "Fuzz", dependencies: ["Checkpoints"], path: "Fuzz", swiftSettings: swift),

    // A heap that counts, for tests that hold loops to taking no memory.
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    tests("Support"),
    tests("Study", ["Support"]),
    // A collector and its participants as processes of their own, which can be killed and measured.
    .executableTarget(
      name: "CollectorTrial", dependencies: ["Collector", "Study", "Support"], path: "Tests/CollectorTrial",
      swiftSettings: swift),
    tests("Collector", ["CollectorTrial", "Study", "Support"]),
    tests("Server", ["Collector", "CollectorTrial"]),
    tests("Tensor", ["CKernels"]),
    tests("Imaging", ["Support", "Tensor"]),
    tests("NeuralNetwork", ["Tensor", "CKernels", "CAllocations"]),
    tests("Checkpoints", ["Support", "Fuzz"]),
    tests("Models", ["Checkpoints", "NeuralNetwork", "Tensor", "Support", "Imaging"]),
    tests("Relevance", ["Checkpoints", "Models", "NeuralNetwork", "Tensor"]),
    tests("Visualization", ["Models", "NeuralNetwork", "Tensor", "Imaging", "Support", "CAllocations"]),
    tests("Attribution", ["Models", "NeuralNetwork", "Tensor", "Imaging", "Relevance", "Visualization"]),
    tests("Evaluation", ["Checkpoints", "Models", "NeuralNetwork", "Tensor", "Imaging", "Support"]),
    tests("Exhibition", ["Support", "Models", "Imaging", "Visualization"]),
    tests("Gallery", ["Support", "Exhibition", "Imaging"]),
    .testTarget(
      name: "vitrineTests", dependencies: ["Support", "Imaging", "Study", "CollectorTrial"],
      swiftSettings: swift),
  ]
)
