import Foundation

/// How CLIP cleans a caption before it is read (OpenAI's `simple_tokenizer.py`): character references of HTML replaced,
/// twice, for pages that were escaped twice; runs of white space to one space; lower case.
///
/// OpenAI also runs `ftfy`, which repairs text that was decoded wrongly ("â€œ") and straightens quotation marks. That is
/// left out but for its last step, Unicode's normal form C: class names are right as they are, and Hugging Face leaves it
/// out too.
enum CaptionText {
  /// A caption as CLIP reads it.
  static func cleaned(_ text: String) -> String {
    let plain = CharacterReferences.replaced(
      in: CharacterReferences.replaced(in: text.precomposedStringWithCanonicalMapping))
    return lowercased(
      plain.unicodeScalars.split(whereSeparator: isSpace).joined(separator: " ".unicodeScalars))
  }

  /// White space as Python's texts have it: Unicode's, and four separators among the controls.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }

  /// Lower case as Python has it, where a sigma that ends a word has a form of its own (Unicode 3.13, Final_Sigma).
  private static func lowercased(_ text: some Sequence<Unicode.Scalar>) -> String {
    let scalars = Array(text)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      if scalar == "Σ" {
        let isAfter = scalars[..<index].last { !$0.properties.isCaseIgnorable }?.properties.isCased == true
        let isBefore =
          scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }?.properties.isCased == true
        result += isAfter && !isBefore ? "ς" : "σ"
      } else {
        result += scalar.properties.lowercaseMapping
      }
    }
    return result
  }
}
