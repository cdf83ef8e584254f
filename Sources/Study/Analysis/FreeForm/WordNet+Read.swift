import Support

/// Reads the database files, whose form is told in the manual page wndb(5WN).
extension WordNet {
  /// Reads the files in a folder. Throws ``StudyError`` if they aren't there, or with the line that isn't as it should be.
  public init(folder: String = WordNet.usualFolder) throws(StudyError) {
    let data = try Self.lines(folder, "data.noun")
    var places: [Int: Int] = [:]
    var firstWords: [String] = []
    var above: [[Int]] = []
    var offsets: [Int] = []
    for line in data {
      let synset = try Self.synset(line)
      guard places.updateValue(offsets.count, forKey: synset.offset) == nil else {
        throw line.fault("the offset \(synset.offset) occurs twice")
      }
      offsets.append(synset.offset)
      firstWords.append(synset.word)
      above.append(synset.hypernyms)
    }
    var hypernyms: [[Int]] = []
    for (index, offsets) in above.enumerated() {
      let resolved = offsets.compactMap { places[$0] }
      guard resolved.count == offsets.count else {
        throw data[index].fault("points to a sense that isn't in the file")
      }
      hypernyms.append(resolved)
    }
    var senses: [String: [Int]] = [:]
    var familiarity: [String: Int] = [:]
    for line in try Self.lines(folder, "index.noun") {
      let entry = try Self.entry(line)
      let resolved = entry.offsets.compactMap { places[$0] }
      guard resolved.count == entry.offsets.count else {
        throw line.fault("points to a sense that isn't in data.noun")
      }
      senses[entry.word] = resolved
      familiarity[entry.word] = entry.tagged
    }
    var otherWords: Set<String> = []
    for name in ["index.verb", "index.adj", "index.adv"] {
      for line in try Self.lines(folder, name) { otherWords.insert(try Self.entry(line).word) }
    }
    var exceptions: [String: [String]] = [:]
    for line in try Self.lines(folder, "noun.exc") where line.fields.count > 1 {
      exceptions[String(line.fields[0])] = line.fields.dropFirst().map(String.init)
    }
    guard let depths = Self.depths(hypernyms) else {
      throw .malformed(place: "\(folder)/data.noun", reason: "senses are more general than themselves")
    }
    self.senses = senses
    self.familiarity = familiarity
    self.exceptions = exceptions
    self.otherWords = otherWords
    self.offsets = offsets
    self.hypernyms = hypernyms
    shortestDepths = depths.map(\.shortest)
    longestDepths = depths.map(\.longest)
    names = firstWords.enumerated().map { sense, word in
      let number = (senses[word]?.firstIndex(of: sense) ?? 0) + 1
      return "\(word).n.\(number < 10 ? "0" : "")\(number)"
    }
  }

  /// A line of a file, up to the explanation in words.
  private struct Line {
    let place: String
    let number: Int
    let fields: [Substring]

    func fault(_ reason: String) -> StudyError { .malformed(place: "\(place):\(number)", reason: reason) }

    func number(_ index: Int, radix: Int = 10) throws(StudyError) -> Int {
      guard fields.indices.contains(index), fields[index].utf8.count <= 8,
        let number = Int(fields[index], radix: radix), number >= 0
      else { throw fault("field \(index + 1) should be a number") }
      return number
    }
  }

  private static func lines(_ folder: String, _ name: String) throws(StudyError) -> [Line] {
    let path = folder + "/" + name
    let file: MappedFile
    do {
      file = try MappedFile(path: path)
    } catch {
      throw .malformed(
        place: path,
        reason: "\(error.reason); WordNet 3.0 comes with Debian's package wordnet-base, "
          + "or name the folder that holds its files")
    }
    return withExtendedLifetime(file) {
      var lines: [Line] = []
      for (index, bytes) in file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .enumerated()
      {
        // The licence stands before, each line after two spaces.
        guard let first = bytes.first, first != UInt8(ascii: " ") else { continue }
        let text = String(decoding: bytes.prefix { $0 != UInt8(ascii: "|") }, as: UTF8.self)
        lines.append(
          Line(
            place: path, number: index + 1,
            fields: text.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }))
      }
      return lines
    }
  }

  /// `offset file n words(hex) word id … pointers pointer offset pos source/target …`
  private static func synset(_ line: Line) throws(StudyError) -> (offset: Int, word: String, hypernyms: [Int])
  {
    let words = try line.number(3, radix: 16)
    let pointers = try line.number(4 + 2 * words)
    let start = 5 + 2 * words
    guard words > 0, line.fields.count >= start + 4 * pointers else {
      throw line.fault("the line is too short")
    }
    var hypernyms: [Int] = []
    for pointer in 0..<pointers where ["@", "@i"].contains(line.fields[start + 4 * pointer]) {
      hypernyms.append(try line.number(start + 4 * pointer + 1))
    }
    return (try line.number(0), line.fields[4].lowercased(), hypernyms)
  }

  /// `word n senses pointers pointer … senses tagged offset …`
  private static func entry(_ line: Line) throws(StudyError) -> (word: String, tagged: Int, offsets: [Int]) {
    let count = try line.number(2)
    let start = 6 + (try line.number(3))
    guard line.fields.count >= start + count else { throw line.fault("the line is too short") }
    var offsets: [Int] = []
    for index in 0..<count { offsets.append(try line.number(start + index)) }
    return (String(line.fields[0]), try line.number(start - 1), offsets)
  }

  /// The least and the most edges from each sense to one without hypernyms; `nil` if there is a circle.
  private static func depths(_ hypernyms: [[Int]]) -> [(shortest: Int, longest: Int)]? {
    var depths = [(shortest: Int, longest: Int)?](repeating: nil, count: hypernyms.count)
    // Senses become ready when all above them are.
    var waiting = hypernyms.map(\.count)
    var below = [[Int]](repeating: [], count: hypernyms.count)
    for (sense, above) in hypernyms.enumerated() {
      for hypernym in above { below[hypernym].append(sense) }
    }
    var ready = hypernyms.indices.filter { hypernyms[$0].isEmpty }
    while let sense = ready.popLast() {
      let above = hypernyms[sense].compactMap { depths[$0] }
      depths[sense] = ((above.map(\.shortest).min() ?? -1) + 1, (above.map(\.longest).max() ?? -1) + 1)
      for hyponym in below[sense] {
        waiting[hyponym] -= 1
        if waiting[hyponym] == 0 { ready.append(hyponym) }
      }
    }
    let known = depths.compactMap { $0 }
    return known.count == hypernyms.count ? known : nil
  }
}
