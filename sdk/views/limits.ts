/** The bounds of one tree of views; whoever renders one may rely on them. */
export const viewLimits = Object.freeze({
  /** Containers inside containers. */
  depth: 8,
  /** Views in one tree. */
  views: 500,
  /** Table rows, list items and chart points in one tree. */
  entries: 5000,
  /** Characters of one text. */
  text: 2000,
  /** Characters of the whole tree as JSON. */
  json: 500_000,
});
