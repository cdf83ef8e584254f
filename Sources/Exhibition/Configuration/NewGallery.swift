import Foundation
import Models
import Support

/// A folder with a commented configuration, to begin an exhibition with.
public struct NewGallery: Sendable {
  /// The folder to make.
  public var folder: String
  /// A model to begin with.
  public var model: String?
  /// Natural pictures to begin with.
  public var references: String?

  /// A gallery to make.
  public init(folder: String, model: String? = nil, references: String? = nil) {
    self.folder = folder
    self.model = model
    self.references = references
  }

  /// What was made.
  public struct Outcome: Sendable {
    /// The configuration's path.
    public var configuration: String
    /// The folder that describes the model, if one was made for it.
    public var description: String?
    /// How many of the natural pictures that were tried the network sees as what their folder says; `nil` if there was
    /// nothing to try.
    public var trial: Trial?
  }

  /// Makes the folder, and tries the model on some of the pictures. Throws `FileError` if something is there already, and
  /// errors of the model; then nothing is made.
  public func make() throws -> Outcome {
    let manager = FileManager.default
    if let status = FileStatus(path: folder) {
      let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
      guard status.isFolder, names.isEmpty else {
        throw FileError(
          path: folder, action: "make the gallery", reason: "it exists already and isn't an empty folder")
      }
    }
    var draft = self
    let place = URL(fileURLWithPath: folder).standardizedFileURL.path
    // Within a folder that is there, which may be the only place that can be written to.
    let isThere = FileStatus(path: place) != nil
    draft.folder = place + (isThere ? "/" : "") + Leftover.suffix(random: UInt32.random(in: 0...UInt32.max))
    defer { try? manager.removeItem(atPath: draft.folder) }
    do {
      var outcome = try draft.fill()
      try draft.take(place: place)
      outcome.configuration = folder + outcome.configuration.dropFirst(draft.folder.count)
      outcome.description = outcome.description.map { folder + $0.dropFirst(draft.folder.count) }
      return outcome
    } catch let error as FileError {
      // What was being made is named by its place, as the draft's means nothing to a reader.
      let path = error.path.replacingOccurrences(of: draft.folder, with: folder)
      throw FileError(path: path, action: error.action, reason: error.reason)
    }
  }

  /// Puts the finished folder where it belongs, or what is in it into the empty one there: the configuration last.
  private func take(place: String) throws {
    func move(_ path: String, _ target: String) throws {
      guard rename(path, target) == 0 else {
        throw FileError(path: target, action: "make", errorNumber: errno)
      }
    }
    guard FileStatus(path: place) != nil else { return try move(folder, place) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      $0 != Self.configurationName
    }
    for name in names + [Self.configurationName] { try move(folder + "/" + name, place + "/" + name) }
  }

  private static let configurationName = "exhibition.yaml"

  private func fill() throws -> Outcome {
    if let references { _ = try ReferenceShelf.folders(in: references) }
    var loaded = try model.map { try Model.load($0) }
    try AtomicFile.makeFolder(folder + "/models")
    try AtomicFile.makeFolder(folder + "/pages")
    if references == nil { try AtomicFile.makeFolder(folder + "/references") }
    let description = try loaded.flatMap { try describe($0) }
    if let description { loaded = try Model.load(description) }
    let path = folder + "/" + Self.configurationName
    try AtomicFile.write(configuration(loaded, isDescribed: description != nil), to: path)
    return Outcome(
      configuration: path, description: description,
      trial: try loaded.flatMap { model in try references.flatMap { try Trial(model, references: $0) } })
  }

  private func configuration(_ loaded: Model?, isDescribed: Bool) -> String {
    var modelLine =
      "  - my-network    # the folder models/my-network, or the file models/my-network.safetensors"
    var classes = ["zebra"]
    if let model, let loaded {
      let name = YAMLText.quoted(loaded.name)
      modelLine =
        isDescribed
        ? "  - \(name)    # the folder models/\(loaded.name)"
        : "  - {name: \(name), path: \(YAMLText.quoted(absolute(model)))}"
      classes = Array(loaded.labels.prefix(3))
      if let references {
        let known = loaded.labels.filter { hasReferences($0, in: references) }
        if !known.isEmpty { classes = Array(known.prefix(3)) }
      }
    }
    let referenceLine =
      references.map { "references: \(YAMLText.quoted(absolute($0)))" }
      ?? (model == nil ? "references: references" : "# references: references")
    return """
      # What this exhibition shows. `vitrine plan exhibition.yaml` says what that means in work,
      # `vitrine build exhibition.yaml` does the work and makes the site.

      title: What my network sees
      # subtitle: A line below the title
      # authors: [Your Name]
      # licence: CC BY 4.0

      # The networks, one row of the grid each. Relative paths count from this folder.
      models:
      \(modelLine)

      # Natural pictures: a folder with a folder for each class. Methods such as VITAL need them,
      # and so do circuits, concepts and adversarial examples. If you may not pass them on:
      # references: {folder: FOLDER, publish: thumbnail, licence: whose they are}    # or publish: none
      \(referenceLine)

      # The classes shown, by label or index.
      classes:
      \(classes.map { "  - \(YAMLText.quoted($0))" }.joined(separator: "\n"))

      # The methods compared; all if left out. Settings differ from the paper's only where you say so:
      # methods:
      #   - vital
      #   - {name: vital-short, use: vital, label: "VITAL, 500 steps", settings: {steps: 500}}
      #   - fourier

      # Each picture is made once for each seed.
      seeds: [0]

      # How many pictures of the way each keeps.
      snapshots: 12

      # Inner neurons and other targets, as `vitrine inspect` lists them; sums have signs between spaces.
      # units:
      #   - layer4:3
      #   - class:zebra - 0.5*class:tiger

      # A row of pictures from one target to another.
      # interpolations:
      #   - {name: two channels, from: "layer4:3", to: "layer4:7", count: 5}

      # What you call neurons, for their pages and for circuits.
      # labels:
      #   MODEL: {"layer4:3": stripes}

      # The several things that a class stands for, by groups of its natural pictures; or a neuron, by groups of the
      # patches that excite it.
      # facets:
      #   - {name: kinds of zebra, class: zebra, count: 3}
      #   - {name: a mixed neuron, unit: "layer4:3"}

      # A class with the channels that it is read from, and those that these are read from.
      # circuits:
      #   - {name: what makes a zebra, class: zebra, channels: 3, depth: 2}

      # Directions that make up a class; your own, a weight a channel (.npy, or a tensor of a .safetensors file); or
      # the one from pictures without something to pictures with it.
      # concepts:
      #   - {name: parts of a zebra, class: zebra, count: 10, show: 3}
      #   - {name: my direction, layer: layer4, file: stripes.npy}
      #   - {name: stripes, layer: layer4, with: pictures/striped, without: pictures/plain}

      # A picture of one class changed until the network sees another.
      # adversarial:
      #   - {name: zebra to tiger, from: zebra, reference: 0, to: tiger, attacks: [pgd-linf, cw-l2]}

      # Attacks on pictures of all classes, each towards the next class.
      # adversarial_tables:
      #   - {name: every class, attacks: [fgsm, pgd-linf, pgd-l2], pictures: 2}

      # People are asked which pictures they understand: `vitrine study plan` makes it ready (docs/studies.md).
      # study:
      #   title: What do these pictures show?
      #   design: A
      #   collect: here

      # site:
      #   address: https://example.org/gallery/
      #   footer: Made with Vitrine.

      """
  }

  private func hasReferences(_ label: String, in folder: String) -> Bool {
    [label, Slug.make(label)].contains { FileStatus(path: folder + "/" + $0)?.isFolder == true }
  }

  func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}

/// Texts as YAML.
enum YAMLText {
  /// The text as a plain scalar if it can only be read as that, or else in double quotes.
  static func quoted(_ text: String) -> String {
    let isPlain = text.range(of: "^[A-Za-z/][A-Za-z0-9 _./-]*$", options: .regularExpression) != nil
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
    if isPlain, !words.contains(text.lowercased()), !text.hasSuffix(" ") { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "\"": escaped += "\\\(scalar)"
      case _ where scalar.value < 32 || scalar.value == 127:
        escaped += String(format: "\\x%02X", scalar.value)
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return "\"\(escaped)\""
  }
}
