/// Character references of HTML, such as `&amp;` and `&#233;`, which captions from web pages hold and CLIP's clean-up
/// replaces (Python's `html.unescape`, after HTML's standard, section 13.5). Of the standard's 2231 names, the 253 of
/// HTML 4 are known; others stay as they stand.
enum CharacterReferences {
  /// A text with its references replaced.
  static func replaced(in text: String) -> String {
    guard text.unicodeScalars.contains("&") else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var place = 0
    while place < scalars.count {
      if scalars[place] == "&", let (found, length) = reference(scalars[(place + 1)...]) {
        result.append(contentsOf: found)
        place += 1 + length
      } else {
        result.append(scalars[place])
        place += 1
      }
    }
    return String(result)
  }

  /// What a reference stands for, and how many scalars it has after its ampersand; `nil` if it is none.
  private static func reference(
    _ rest: ArraySlice<Unicode.Scalar>
  ) -> (found: [Unicode.Scalar], length: Int)? {
    rest.first == "#" ? number(rest) : name(rest)
  }

  private static func number(
    _ rest: ArraySlice<Unicode.Scalar>
  ) -> (found: [Unicode.Scalar], length: Int)? {
    var digits = rest.dropFirst()
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    if isHexadecimal { digits = digits.dropFirst() }
    digits = digits.prefix { scalar in
      scalar.isASCII && Character(scalar).isHexDigit && (isHexadecimal || Character(scalar).isNumber)
    }
    guard !digits.isEmpty else { return nil }
    let end = digits.endIndex < rest.endIndex && rest[digits.endIndex] == ";" ? 1 : 0
    let length = digits.endIndex - rest.startIndex + end
    let code = digits.reduce(UInt32(0)) { sum, digit in
      // Beyond the last scalar it makes no difference by how much.
      min(sum, 0x110000) * (isHexadecimal ? 16 : 10) + UInt32(Character(digit).hexDigitValue ?? 0)
    }
    return (character(code), length)
  }

  /// The character of a number: Windows' for the controls from 80 to 9F, as browsers read them, and none for other
  /// controls and for scalars that are no characters.
  private static func character(_ code: UInt32) -> [Unicode.Scalar] {
    switch code {
    case 0, 0xD800...0xDFFF, 0x110000...: return ["\u{FFFD}"]
    case 0x80...0x9F:
      let scalar = windows[Int(code - 0x80)]
      return scalar == "\u{0}" ? [Unicode.Scalar(UInt8(code))] : [scalar]
    case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0xFDD0...0xFDEF: return []
    case _ where code & 0xFFFE == 0xFFFE: return []
    default: return Unicode.Scalar(code).map { [$0] } ?? []
    }
  }

  private static func name(
    _ rest: ArraySlice<Unicode.Scalar>
  ) -> (found: [Unicode.Scalar], length: Int)? {
    let word = rest.prefix(longestName).prefix {
      $0.isASCII && Character($0).isLetter || Character($0).isNumber
    }
    let text = word.map(String.init).joined()
    if word.endIndex < rest.endIndex, rest[word.endIndex] == ";", let scalar = names[text] {
      return ([scalar], word.count + 1)
    }
    // The oldest names count without a semicolon, even before other letters: the longest that fits.
    for length in stride(from: word.count, to: 1, by: -1) {
      let start = String(text.prefix(length))
      if bareNames.contains(start), let scalar = names[start] { return ([scalar], length) }
    }
    return nil
  }

  private static let longestName = 32
  private static let bareNames = Set(
    latin + ["AMP", "amp", "LT", "lt", "GT", "gt", "QUOT", "quot", "COPY", "REG"])

  private static let names: [String: Unicode.Scalar] = {
    var names: [String: Unicode.Scalar] = [
      "amp": "&", "AMP": "&", "lt": "<", "LT": "<", "gt": ">", "GT": ">", "quot": "\"", "QUOT": "\"",
      "apos": "'",
      "COPY": "©", "REG": "®",
    ]
    for (index, name) in latin.enumerated() { names[name] = Unicode.Scalar(UInt8(160 + index)) }
    let words = others.split(separator: " ").map(String.init)
    for index in stride(from: 0, to: words.count - 1, by: 2) {
      names[words[index]] = UInt32(words[index + 1], radix: 16).flatMap(Unicode.Scalar.init)
    }
    return names
  }()

  /// What Windows has from 80 to 9F; zero where it has nothing.
  private static let windows = Array(
    "€\u{0}‚ƒ„…†‡ˆ‰Š‹Œ\u{0}Ž\u{0}\u{0}‘’“”•–—˜™š›œ\u{0}žŸ".unicodeScalars)

  /// The names of U+00A0 to U+00FF.
  private static let latin = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 \
    sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc \
    Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve \
    Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute \
    acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde \
    ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
    """.split(separator: " ").map(String.init)

  /// Names and numbers of the others.
  private static let others = """
    OElig 152 oelig 153 Scaron 160 scaron 161 Yuml 178 fnof 192 circ 2c6 tilde 2dc Alpha 391 Beta 392 \
    Gamma 393 Delta 394 Epsilon 395 Zeta 396 Eta 397 Theta 398 Iota 399 Kappa 39a Lambda 39b Mu 39c Nu \
    39d Xi 39e Omicron 39f Pi 3a0 Rho 3a1 Sigma 3a3 Tau 3a4 Upsilon 3a5 Phi 3a6 Chi 3a7 Psi 3a8 Omega \
    3a9 alpha 3b1 beta 3b2 gamma 3b3 delta 3b4 epsilon 3b5 zeta 3b6 eta 3b7 theta 3b8 iota 3b9 kappa 3ba \
    lambda 3bb mu 3bc nu 3bd xi 3be omicron 3bf pi 3c0 rho 3c1 sigmaf 3c2 sigma 3c3 tau 3c4 upsilon 3c5 \
    phi 3c6 chi 3c7 psi 3c8 omega 3c9 thetasym 3d1 upsih 3d2 piv 3d6 ensp 2002 emsp 2003 thinsp 2009 \
    zwnj 200c zwj 200d lrm 200e rlm 200f ndash 2013 mdash 2014 lsquo 2018 rsquo 2019 sbquo 201a ldquo \
    201c rdquo 201d bdquo 201e dagger 2020 Dagger 2021 bull 2022 hellip 2026 permil 2030 prime 2032 \
    Prime 2033 lsaquo 2039 rsaquo 203a oline 203e frasl 2044 euro 20ac image 2111 weierp 2118 real 211c \
    trade 2122 alefsym 2135 larr 2190 uarr 2191 rarr 2192 darr 2193 harr 2194 crarr 21b5 lArr 21d0 uArr \
    21d1 rArr 21d2 dArr 21d3 hArr 21d4 forall 2200 part 2202 exist 2203 empty 2205 nabla 2207 isin 2208 \
    notin 2209 ni 220b prod 220f sum 2211 minus 2212 lowast 2217 radic 221a prop 221d infin 221e ang \
    2220 and 2227 or 2228 cap 2229 cup 222a int 222b there4 2234 sim 223c cong 2245 asymp 2248 ne 2260 \
    equiv 2261 le 2264 ge 2265 sub 2282 sup 2283 nsub 2284 sube 2286 supe 2287 oplus 2295 otimes 2297 \
    perp 22a5 sdot 22c5 lceil 2308 rceil 2309 lfloor 230a rfloor 230b lang 27e8 rang 27e9 loz 25ca \
    spades 2660 clubs 2663 hearts 2665 diams 2666
    """
}
