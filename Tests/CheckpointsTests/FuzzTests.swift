import Foundation
import Testing

@testable import Fuzz

/// A short run of what `make fuzz` does at length: see `FuzzRun`.
@Suite struct FuzzTests {
  @Test(arguments: [
    "zip.pth", "legacy.pth", "legacy4.pth", "training.pth", "protocol5.pth", "packed.pth", "plain.npz",
    "packed.npz", "version1.npy", "single.safetensors", "sharded/model.safetensors.index.json",
  ]) func damagedCopiesNeverTrap(_ name: String) throws { try run(name, rounds: 2000) }

  /// Each takes a process of libhdf5's own.
  @Test(arguments: ["model.h5", "weights.h5", "chunked.h5"]) func damagedHDF5NeverTraps(_ name: String) throws
  {
    try run(name, rounds: 60)
  }

  private func run(_ name: String, rounds: Int) throws {
    let folder = try TemporaryFolder()
    let outcome = try FuzzRun(scratch: folder.path("copy")).run(
      GoldenCheckpointTests.path(name), rounds: rounds)
    #expect(outcome.accepted + outcome.refused == rounds)
    #expect(outcome.refused > rounds / 4, "most changes do harm")
  }
}
