import Foundation
public import Support

extension Catalogue {
  /// Notes everything on disk that the catalogue was made from: the configuration, the models, the natural pictures,
  /// and the store's entries. `time` is the moment before the configuration was read.
  public func note(in ledger: inout FileLedger, readAfter time: FileStatus.Time) {
    ledger.note(exhibition.path, readAfter: time)
    for model in exhibition.models {
      for path in Self.files(ofModel: model.path) { ledger.note(path, readAfter: time) }
    }
    // New folders among the references may belong to a class by a name that is tried first.
    if let references = exhibition.references { ledger.note(references.folder, readAfter: time) }
    ledger.note(exhibition.classes.compactMap(\.references), readAfter: time)
    // Entries appear whole and are never edited, so their age says nothing.
    ledger.note(plan.jobs.flatMap { paths(of: $0.identity) })
  }

  /// The files of a job's entry, as far as its record names them; else its folder.
  private func paths(of identity: String) -> [String] {
    guard case .done(let record) = states[identity] else { return [store.path(of: identity)] }
    return (["record.json"] + record.files.keys).map { store.path(of: $0, in: identity) }
  }

  /// A model's folder, or a weights' file with what may lie beside it.
  private static func files(ofModel path: String) -> [String] {
    if FileStatus(path: path)?.isFolder == true { return [path] }
    let folder = (path as NSString).deletingLastPathComponent
    let stem = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    let base = folder.isEmpty ? "" : folder + "/"
    let there = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    let possible = ["model.yaml", stem + ".labels.txt", stem + ".labels.json"]
    return Set(there.filter { $0.hasPrefix(stem) } + possible).map { base + $0 }.sorted()
  }
}
