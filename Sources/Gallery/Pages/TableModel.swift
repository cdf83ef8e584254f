/// A table of figures: `partials/table`.
struct TableModel: PageModel {
  var caption: String
  var columns: [String]
  var rows: [Row]

  struct Row: PageModel {
    var head: String
    var cells: [String]
  }

  init(_ caption: String, _ columns: [String], _ rows: [(String, [String])]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows.map { Row(head: $0.0, cells: $0.1) }
  }
}

/// A drawing with what it shows in words.
struct DrawingModel: PageModel {
  var svg: HTML
  var caption: String
}
