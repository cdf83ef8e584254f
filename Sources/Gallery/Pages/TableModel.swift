/// A table of figures: `partials/table`.
struct TableModel: SharedPageModel {
  var caption: String
  var columns: [String]
  var rows: [Row]

  static let partName = "table"
  static let partPurpose = "A table of figures: `partials/table.html` is one."
  static let meanings: [String: String] = [
    "caption": "what the figures are, in words",
    "columns": "what stands above the columns, that of the rows' heads first",
    "rows": "the lines below",
  ]

  struct Row: PageModel {
    var head: String
    var cells: [String]

    static let meanings: [String: String] = [
      "head": "what the line is about: a method, a target, an answer",
      "cells": "what stands under the other columns; a dash where there is no figure",
    ]
  }

  init(_ caption: String, _ columns: [String], _ rows: [(String, [String])]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows.map { Row(head: $0.0, cells: $0.1) }
  }
}

/// A drawing with what it shows in words.
struct DrawingModel: SharedPageModel {
  var svg: HTML
  var caption: String

  static let partName = "drawing"
  static let partPurpose = "A drawing with what it shows in words."
  static let meanings: [String: String] = [
    "svg": "the drawing, an `svg` element",
    "caption": "what it shows; screen readers have the same from the drawing",
  ]
}
