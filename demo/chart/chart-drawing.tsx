import type { ReactNode } from "react";
import { frame, type GraphEdge } from "./graph.ts";
import type { Layout, PlacedEdge, PlacedState } from "./layout.ts";
import { headOf, lineThrough } from "./line.ts";
import { textSize } from "./text-size.ts";

/** What {@link ChartDrawing} draws. */
export interface ChartDrawingProps {
  readonly layout: Layout;
  /** The same in words. */
  readonly label: string;
  /** The ids of the states that are lit. */
  readonly active: readonly string[];
  /** The arrow that is highlighted, and the fact on it. */
  readonly taken: GraphEdge | undefined;
  readonly fact: string | undefined;
}

/** Below this share of its size a drawing is scrolled rather than made smaller, so that it can be read. */
const smallest = 0.78;

/** The picture of a chart that was laid out. */
export function ChartDrawing({ layout, label, active, taken, fact }: ChartDrawingProps): ReactNode {
  const { width, height, states, markers, edges } = layout;
  const groups = states.filter(({ state }) => state.states.length > 0);
  const leaves = states.filter(({ state }) => state.states.length === 0);
  const isTaken = ({ edge }: PlacedEdge) => edge !== undefined && edge === taken;
  // Later is on top: a highlighted arrow is crossed by no other.
  const ordered = [...edges.filter((edge) => !isTaken(edge)), ...edges.filter(isTaken)];
  const isActive = ({ state }: PlacedState) => active.includes(state.id);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      style={{ minWidth: width * smallest, maxWidth: width, minHeight: height * smallest }}
    >
      {layout.frame && (
        <g className="chart-frame">
          <rect {...layout.frame} rx={12} />
          <text
            fontSize={textSize.fact}
            x={layout.frame.x + 12}
            y={layout.frame.y + layout.frame.height - 16}
          >
            {frame}
          </text>
        </g>
      )}
      {groups.map((group) => (
        <StateBox key={group.state.id} placed={group} isActive={isActive(group)} />
      ))}
      {markers.map(({ x, y, width: size }) => (
        <circle key={`${x} ${y}`} className="chart-marker" cx={x + size / 2} cy={y + size / 2} r={size / 2} />
      ))}
      {ordered.map((edge, index) => (
        <g
          key={edge.edge?.id ?? index}
          className={classes("chart-edge", { "is-taken": isTaken(edge) })}
          data-edge={edge.edge?.id}
        >
          <path className="chart-line" d={lineThrough(edge.points)} />
          <path className="chart-head" d={headOf(edge.points)} />
        </g>
      ))}
      {leaves.map((leaf) => (
        <StateBox key={leaf.state.id} placed={leaf} isActive={isActive(leaf)} />
      ))}
      {ordered.flatMap((edge) =>
        edge.labels.map(({ x, y, ...size }, index) => {
          const text = edge.edge!.facts[index]!;
          return (
            <g
              key={`${edge.edge!.id} ${text}`}
              className={classes("chart-fact", { "is-taken": isTaken(edge) && text === fact })}
            >
              <rect x={x} y={y} {...size} rx={size.height / 2} />
              <text fontSize={textSize.fact} x={x + size.width / 2} y={y + size.height / 2}>
                {text}
              </text>
            </g>
          );
        }),
      )}
    </svg>
  );
}

function StateBox({ placed, isActive }: { placed: PlacedState; isActive: boolean }): ReactNode {
  const { state, x, y, width, height } = placed;
  const isGroup = state.states.length > 0;
  const given = { "is-group": isGroup, "is-ended": state.isEnded, "is-current": isActive };
  return (
    <g className={classes("chart-state", given)} data-state={state.id}>
      {state.description !== undefined && <title>{state.description}</title>}
      <rect x={x} y={y} width={width} height={height} rx={isGroup ? 12 : 8} />
      <text
        fontSize={textSize.state}
        x={isGroup ? x + 12 : x + width / 2}
        y={isGroup ? y + height - 16 : y + height / 2}
      >
        {state.name}
      </text>
    </g>
  );
}

function classes(name: string, given: Readonly<Record<string, boolean>>): string {
  return [name, ...Object.keys(given).filter((one) => given[one])].join(" ");
}
