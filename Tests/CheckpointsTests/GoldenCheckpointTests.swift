import Foundation
import Testing

@testable import Checkpoints

/// What PyTorch, NumPy and h5py read from the same files: see tools/golden_checkpoints.py.
@Suite struct GoldenCheckpointTests {
  struct Expected: Decodable {
    struct Tensor: Decodable {
      var type: String
      var shape: [Int]
      var values: [Float]
    }
    var key: String?
    var tensors: [String: Tensor]
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/checkpoints").standardized.path

  static func path(_ name: String) -> String { folder + "/" + name }

  static let formats: [String: CheckpointFormat] = [
    "zip.pth": .pytorch, "packed.pth": .pytorch, "protocol5.pth": .pytorch, "big_endian.pth": .pytorch,
    "module.pth": .pytorch, "parameters.pth": .pytorch, "training.pth": .pytorch,
    "training.pth#state_dict_ema": .pytorch, "legacy.pth": .legacyPyTorch, "legacy4.pth": .legacyPyTorch,
    "script.pt": .pytorch, "traced.pt": .pytorch,
    "single.safetensors": .safetensors, "sharded/model.safetensors.index.json": .sharded,
    "plain.npz": .npz, "packed.npz": .npz, "version1.npy": .npy, "version2.npy": .npy, "version3.npy": .npy,
    "model.h5": .keras, "weights.h5": .keras, "chunked.h5": .keras, "keras3.weights.h5": .keras,
  ]

  @Test(arguments: formats.keys.sorted()) func everyNumberIsRead(_ name: String) throws {
    let all = try JSONDecoder().decode(
      [String: Expected].self, from: Data(contentsOf: URL(fileURLWithPath: Self.path("expected.json"))))
    let expected = try #require(all[name])
    let parts = name.split(separator: "#")
    let checkpoint = try Checkpoint(
      path: Self.path(String(parts[0])), key: parts.count > 1 ? String(parts[1]) : nil)
    #expect(checkpoint.format == Self.formats[name])
    #expect(checkpoint.key == expected.key)
    #expect(Set(checkpoint.tensors.map(\.name)) == Set(expected.tensors.keys))
    for tensor in checkpoint.tensors {
      let golden = try #require(expected.tensors[tensor.name])
      #expect(tensor.shape == golden.shape)
      #expect(tensor.type.rawValue == golden.type)
      if tensor.isFloat { #expect(try tensor.array() == golden.values, "\(tensor.name)") }
    }
  }

  @Test func storagesAreMappedAndNotCopied() throws {
    for name in ["zip.pth", "single.safetensors", "model.h5"] {
      let checkpoint = try Checkpoint(path: Self.path(name))
      let tensor = try #require(checkpoint.tensors.first { $0.type == .float32 && $0.count > 1 })
      #expect(!(try tensor.floats().owner is FloatMemory), "\(name)")
    }
  }

  @Test func aModuleThatHoldsItselfIsEnteredOnce() throws {
    let tensor = Pickle.tensor(Pickle.storage(), shape: [2, 2], strides: [2, 1])
    let module =
      Pickle.global("__torch__", "Net") + Pickle.emptyTuple + [0x81, 0x71, 0] + Pickle.emptyDictionary
      + Pickle.text("self") + [0x68, 0] + Pickle.setItem + Pickle.text("w") + tensor + Pickle.setItem
      + Pickle.build
    let folder = try TemporaryFolder()
    let path = try folder.write(Pickle.script(Pickle.start + module + Pickle.stop).data, "net.pt")
    #expect(try Checkpoint(path: path).tensors.map(\.name) == ["w"])
  }

  @Test func twoNetworksInOneFileAreTwo() throws {
    let path = Self.path("training.pth")
    #expect(try Checkpoint(path: path).hash != Checkpoint(path: path, key: "state_dict_ema").hash)
    #expect(try Checkpoint(path: path).hash == Checkpoint(path: path, key: "state_dict").hash)
  }

  @Test func permutedTensorsAreRead() throws {
    let checkpoint = try Checkpoint(path: Self.path("model.h5"))
    let kernel = try #require(checkpoint["conv1_conv/kernel"])
    let (plain, turned) = (try kernel.array(), kernel.permuted([3, 2, 0, 1]))
    #expect(turned.shape == [4, 3, 2, 2])
    let values = try turned.array()
    // Out 3, in 1, row 0, column 1 of 4×3×2×2 lies at row 0, column 1, in 1, out 3 of 2×2×3×4.
    #expect(values[41] == plain[19])
  }

  @Test(
    arguments: [
      (
        "whole_module.pth", nil, "asks for torch.nn.modules.container.Sequential",
        "torch.save(model.state_dict()"
      ),
      ("objects.npy", nil, "Python objects", "refused"),
      ("training.pth", "state_dict_em", "no dictionary of tensors", "did you mean \"state_dict_ema\""),
      ("zip.pth", "model", "no dictionary of tensors \"model\"", "zip.pth"),
      ("model.h5", "model", "no dictionary \"model\"", "model.h5"),
      ("links.h5", nil, "nest deeper than 16", "links.h5"),
      ("texts.h5", nil, "without any array of numbers", "texts.h5"),
    ] as [(String, String?, String, String)])
  func isRefused(name: String, key: String?, message: String, advice: String) {
    expectError(containing: name, message, advice) { _ = try Checkpoint(path: Self.path(name), key: key) }
  }
}
