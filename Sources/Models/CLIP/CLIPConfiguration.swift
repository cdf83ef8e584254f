import Foundation

/// The configuration that lies beside a CLIP checkpoint: Hugging Face's `config.json`, or open_clip's
/// `open_clip_config.json`. Only what the tensors don't tell is read: heads, activation, epsilon.
struct CLIPConfiguration {
  /// Hugging Face's, and open_clip's.
  static let fileNames = ["config.json", "open_clip_config.json"]
  /// A longer file is no configuration.
  private static let greatestSize = 1 << 20

  var image = CLIPSettings.Tower()
  var text = CLIPSettings.Tower()

  /// The configuration beside a checkpoint, or `nil` if there is none. Throws ``ModelError``.
  init?(beside checkpoint: String, _ names: CLIPNames) throws(ModelError) {
    let isHuggingFace = names.origin == CLIPNames.huggingFace.origin
    let path = (ModelPath.folder(of: checkpoint) as NSString)
      .appendingPathComponent(Self.fileNames[isHuggingFace ? 0 : 1])
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let data = Data(try TextFile.read(path, limit: Self.greatestSize).utf8)
    do {
      if isHuggingFace {
        let file = try JSONDecoder().decode(HuggingFace.self, from: data)
        image = try file.vision_config.map { try $0.tower(path) } ?? image
        text = try file.text_config.map { try $0.tower(path) } ?? text
      } else {
        let file = try JSONDecoder().decode(OpenCLIP.self, from: data).model_cfg
        let activation: CLIPActivation = file?.quick_gelu == true ? .quickGELU : .gelu
        image = .init(headWidth: file?.vision_cfg?.head_width, activation: activation)
        text = .init(heads: file?.text_cfg?.heads, activation: activation)
      }
    } catch let error as ModelError {
      throw error
    } catch {
      throw .text(
        path: path, line: 0, column: 0, reason: "isn't a configuration of CLIP: \(Self.reason(error))")
    }
  }

  /// Keys are the file's own.
  private struct HuggingFace: Decodable {
    struct Tower: Decodable {
      var num_attention_heads: Int?
      var hidden_act: String?
      var layer_norm_eps: Float?

      func tower(_ path: String) throws -> CLIPSettings.Tower {
        let activation: CLIPActivation
        switch hidden_act {
        case nil, "quick_gelu"?: activation = .quickGELU
        case "gelu"?: activation = .gelu
        case let other?:
          throw ModelError.text(
            path: path, line: 0, column: 0,
            reason: "hidden_act: \"\(other.prefix(40))\" isn't known; quick_gelu and gelu are")
        }
        if let epsilon = layer_norm_eps, !(epsilon > 0 && epsilon < 1) {
          throw ModelError.text(
            path: path, line: 0, column: 0, reason: "layer_norm_eps: \(epsilon) isn't between 0 and 1")
        }
        return .init(heads: num_attention_heads, activation: activation, epsilon: layer_norm_eps)
      }
    }

    var vision_config: Tower?
    var text_config: Tower?
  }

  private struct OpenCLIP: Decodable {
    struct Model: Decodable {
      var quick_gelu: Bool?
      var vision_cfg: Image?
      var text_cfg: Text?
    }
    struct Image: Decodable { var head_width: Int? }
    struct Text: Decodable { var heads: Int? }

    var model_cfg: Model?
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has another type than it should"
    default: "it is no JSON"
    }
  }
}
