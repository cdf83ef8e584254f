import Exhibition
import Foundation
import Imaging
import Study
import Support

/// A study that is planned: its definition, who sees what, its pictures and, once there are any, its results.
struct StudyExhibit: Sendable {
  let definition: StudyDefinition
  let hash: String
  let plan: StudyPlan
  /// Where answers go.
  let collection: Exhibition.StudyEntry.Collection
  /// Where the file of answers is sent in the end, if nothing collects them.
  let postAddress: String?
  /// The pictures by their SHA-256.
  let pictures: [String: StoredPicture]
  /// What was found, if the answers were analyzed.
  let analysis: StudyAnalysis?
  /// The files of the results by name.
  let files: [String: String]

  var name: String { definition.name }
  var title: String { definition.title }

  /// The planned study of a folder; `nil` if none is planned. Throws ``GalleryError``, `StudyError` and `FileError` for one
  /// that isn't whole.
  init?(_ entry: Exhibition.StudyEntry) throws {
    let folder = StudyFolder(path: entry.folder)
    guard FileStatus(path: folder.definitionPath) != nil else { return nil }
    (definition, plan) = try folder.read()
    hash = try definition.hash()
    guard definition.name == entry.name else {
      throw GalleryError(
        file: entry.place.file, line: entry.place.line,
        message:
          "the study in \(entry.folder) is \"\(definition.name)\", not \"\(entry.name)\"; name another folder"
      )
    }
    collection = entry.collection
    postAddress = entry.postAddress
    var pictures: [String: StoredPicture] = [:]
    for digest in definition.shownPictures {
      let path = folder.picturePath(digest)
      let image: Image
      do { image = try Image.read(path) } catch {
        throw GalleryError(
          file: path, message: "\(error.reason); `vitrine study plan` copies the pictures of a study anew")
      }
      pictures[digest] = StoredPicture(
        path: path, sha256: digest, width: image.width, height: image.height)
    }
    self.pictures = pictures
    let results = folder.resultsPath
    let path = results + "/analysis.json"
    guard FileStatus(path: path) != nil else {
      (analysis, files) = (nil, [:])
      return
    }
    let file = try MappedFile(path: path)
    let found = try withExtendedLifetime(file) { try StudyAnalysis(json: Data(file.bytes), place: path) }
    guard found.outline.studyHash == hash else {
      throw GalleryError(
        file: path,
        message: "these are results of another version of the study; run `vitrine study analyze` again")
    }
    analysis = found
    let names = try FileManager.default.contentsOfDirectory(atPath: results)
      .filter { name in
        [".csv", ".md", ".R", ".json"].contains { name.hasSuffix($0) } && !name.hasPrefix(".")
      }
    files = Dictionary(names.map { ($0, results + "/" + $0) }, uniquingKeysWith: { first, _ in first })
  }

  init(
    definition: StudyDefinition, plan: StudyPlan, pictures: [String: StoredPicture],
    collection: Exhibition.StudyEntry.Collection = .file, analysis: StudyAnalysis? = nil,
    files: [String: String] = [:]
  ) throws {
    self.definition = definition
    hash = try definition.hash()
    self.plan = plan
    self.collection = collection
    postAddress = nil
    self.pictures = pictures
    self.analysis = analysis
    self.files = files
  }
}

extension StudyExhibit {
  /// The files that its pages need beside pictures: a script for each assignment, and the results.
  func siteFiles(in site: SiteContext) throws -> [String: SiteFolder.Content] {
    var contents: [String: SiteFolder.Content] = [:]
    for row in plan.rows {
      let script = try StudyRowScript(row, of: self) { stored in
        let address = site.media.blindedAddress(of: stored, study: name, seed: definition.seed)
        return String(address.path.split(separator: "/").last ?? "")
      }
      contents["studies/\(name)/rows/\(row.number).js"] = .data(try script.data())
    }
    for (file, path) in files {
      contents["studies/\(name)/results/\(file)"] = .named {
        try Data(contentsOf: URL(fileURLWithPath: path))
      }
    }
    return contents
  }
}
