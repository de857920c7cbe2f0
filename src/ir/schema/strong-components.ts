/**
 * Tarjan's strongly connected components, without recursion: the groups of nodes that lead to each other, and single nodes that lead
 * to themselves. Linear in nodes and edges.
 */
export function strongComponents<Node>(
  nodes: Iterable<Node>,
  edges: (node: Node) => readonly Node[],
): Node[][] {
  interface Visit {
    readonly node: Node;
    readonly targets: readonly Node[];
    next: number;
  }
  const index = new Map<Node, number>();
  const low = new Map<Node, number>();
  const open = new Set<Node>();
  const path: Node[] = [];
  const components: Node[][] = [];
  const enter = (node: Node): Visit => {
    const number = index.size;
    index.set(node, number);
    low.set(node, number);
    open.add(node);
    path.push(node);
    return { node, targets: edges(node), next: 0 };
  };
  const lower = (node: Node, value: number): void => {
    low.set(node, Math.min(low.get(node) ?? value, value));
  };
  const leave = ({ node, targets }: Visit): void => {
    if (low.get(node) !== index.get(node)) return;
    const component: Node[] = [];
    for (let member = path.pop(); member !== undefined; member = path.pop()) {
      open.delete(member);
      component.push(member);
      if (member === node) break;
    }
    if (component.length > 1 || targets.includes(node)) components.push(component.reverse());
  };

  for (const start of nodes) {
    if (index.has(start)) continue;
    const visits = [enter(start)];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const target = visit.targets[visit.next++];
      if (target === undefined) {
        leave(visit);
        visits.pop();
        const outer = visits.at(-1);
        if (outer !== undefined) lower(outer.node, low.get(visit.node) ?? 0);
      } else if (!index.has(target)) {
        visits.push(enter(target));
      } else if (open.has(target)) {
        lower(visit.node, index.get(target) ?? 0);
      }
    }
  }
  return components;
}
