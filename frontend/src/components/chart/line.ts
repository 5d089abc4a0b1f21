export interface Point {
  x: number;
  y: number;
}

/**
 * A soft line through all points that never rises above or falls below them: between two days it
 * shows no value that lies outside of both.
 */
export function softLine(points: readonly Point[]): string {
  const [start] = points;
  if (!start) return "";
  const slopes = tangents(points);
  const curves = points.slice(1).map((end, i) => {
    const from = points[i] ?? end;
    const reach = (end.x - from.x) / 3;
    const leaving = from.y + (slopes[i] ?? 0) * reach;
    const arriving = end.y - (slopes[i + 1] ?? 0) * reach;
    const stops = [from.x + reach, leaving, end.x - reach, arriving, end.x, end.y];
    return `C${stops.map(tenths).join(" ")}`;
  });
  return `M${tenths(start.x)} ${tenths(start.y)}${curves.join("")}`;
}

/** Flat at every turn, elsewhere the harmonic mean of both sides: that keeps it monotonic. */
function tangents(points: readonly Point[]): number[] {
  const rises = points.slice(1).map((end, i) => {
    const from = points[i] ?? end;
    return (end.y - from.y) / (end.x - from.x);
  });
  return points.map((_, i) => {
    const before = rises[i - 1] ?? rises[i] ?? 0;
    const after = rises[i] ?? before;
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
}

function tenths(value: number): string {
  return value.toFixed(1);
}
