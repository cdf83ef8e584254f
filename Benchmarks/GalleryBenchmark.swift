import Exhibition
import Foundation
import Gallery
import Support

/// A gallery of 4,000 exhibit pages built from nothing, not at all, and after one page's change; beside Hugo.
struct GalleryBenchmark {
  let rounds: Int
  /// Where the exhibition is kept; `nil` for a temporary folder.
  let folder: String?

  func run() throws {
    let folder = self.folder ?? FileManager.default.temporaryDirectory.path + "/vitrine-bench-\(getpid())"
    defer { if self.folder == nil { try? FileManager.default.removeItem(atPath: folder) } }
    let exhibition = LargeExhibition(folder: folder, picturesPerClass: 4)
    try exhibition.make()
    let site = folder + "/site"
    let vitrine = (CommandLine.arguments[0] as NSString).deletingLastPathComponent + "/vitrine"
    let render = [
      vitrine, "render", exhibition.configuration, "--store", exhibition.store.folder, "--output", site,
    ]
    // Once, so that smaller pictures are cached.
    try Program.run(render)
    let hugo = try peer(of: exhibition, site: site, in: folder)
    var times: [String: [Sample]] = [:]
    func time(_ name: String, _ work: () throws -> Void) rethrows {
      let before = Program.processorTime
      var sample = try Sample.measure(work)
      sample.processor = Program.processorTime - before
      times[name, default: []].append(sample)
    }
    // Old sites are put aside, not removed: a file system that avoids what was just removed makes files slowly.
    let aside = folder + "/aside-\(getpid())"
    try FileManager.default.createDirectory(atPath: aside, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: aside) }
    for round in 0..<rounds {
      try FileManager.default.moveItem(atPath: site, toPath: "\(aside)/vitrine-\(round)")
      try time("from nothing") { try Program.run(render) }
      if let hugo {
        try FileManager.default.moveItem(atPath: hugo.folder + "/public", toPath: "\(aside)/hugo-\(round)")
        try time("hugo") { try hugo.build() }
      }
      try time("nothing to do") { try Program.run(render) }
      let words = "---\ntitle: About\n---\nWords of round \(round) at \(Date()).\n"
      try Data(words.utf8).write(to: URL(fileURLWithPath: folder + "/pages/about.md"))
      // What was changed in the very moment of a build is looked at again, which isn't what is timed.
      Thread.sleep(forTimeInterval: 0.1)
      try time("one page changed") { try Program.run(render) }
    }
    tell(times, hugo)
  }

  /// Hugo's site of the same pages; `nil` if Hugo isn't there.
  private func peer(of exhibition: LargeExhibition, site: String, in folder: String) throws -> HugoSite? {
    guard let version = HugoSite.version() else {
      Table.say("Hugo isn't installed, so it isn't timed: on Debian, `apt-get install hugo`")
      return nil
    }
    let builder = SiteBuilder(
      exhibition: try Exhibition.read(exhibition.configuration), store: exhibition.store,
      templates: try TemplateFolders.all(given: nil, own: nil), output: site, readAfter: .now)
    let hugo = HugoSite(folder: folder + "/hugo")
    let pages = try builder.markdown()
    try hugo.make(pages, from: site)
    try hugo.build()
    Table.say("\(pages.count) pages; Hugo \(version) makes \(hugo.count())")
    return hugo
  }

  private func tell(_ times: [String: [Sample]], _ hugo: HugoSite?) {
    let peer = times["hugo"].map(Sample.median)
    Table.say("Medians in milliseconds by the clock (of the processors).")
    Table.say("| build | Vitrine | Hugo | ratio | budget | rounds |\n|---|---|---|---|---|---|")
    for (name, budget) in [("from nothing", "1.00"), ("nothing to do", "500 ms"), ("one page changed", "–")] {
      guard let ours = times[name].map(Sample.median) else { continue }
      let theirs = name == "from nothing" ? peer : nil
      let cells = [
        name, "\(ours)", theirs.map { "\($0)" } ?? "–", theirs.map(ours.ratio) ?? "–", budget, String(rounds),
      ]
      Table.say("| " + cells.joined(separator: " | ") + " |")
    }
  }
}
