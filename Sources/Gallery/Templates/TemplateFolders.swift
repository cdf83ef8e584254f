import Support

/// Where templates are found.
public enum TemplateFolders {
  /// The built-in folder: the first that has a `layout.html` among `share/vitrine/templates` and `templates`
  /// beside the program or in one of the five folders above it (the repository, for a program in `.build`).
  public static func builtIn(program: String? = nil) throws(GalleryError) -> String {
    let names = ["share/vitrine/templates", "templates"]
    if let folder = ProgramFolder.containing("layout.html", in: names, program: program) { return folder }
    throw GalleryError(
      file: "templates",
      message: "the built-in templates aren't beside the program; name their folder with --templates")
  }

  /// The folders in the order of ``SiteBuilder``: a folder given on the command line stands for the built-in
  /// one; the exhibition's own replaces single files.
  public static func all(given: String?, own: String?) throws(GalleryError) -> [String] {
    let first: String
    if let given { first = given } else { first = try builtIn() }
    return [first] + (own.map { [$0] } ?? [])
  }
}
