// Draws the labels: at one size on the screen, the most important first, never over each other.

const LARGE = 12; // nodes above this size have bold labels, which may cover smaller nodes
const widths = new Map();
const shorten = (text, length) => { const chars = [...text]; return chars.length <= length ? text : `${chars.slice(0, length - 1).join("").trimEnd()}…`; };

function textWidth(context, text, font) {
  const key = font + text;
  if (!widths.has(key)) { context.font = font; widths.set(key, context.measureText(text).width); }
  return widths.get(key);
}

function drawLabels(context) {
  const scale = network.getScale(), { clientWidth, clientHeight } = $("canvas");
  const near = selected === null ? new Set() : new Set(entities[selected].neighbours);
  const rank = (id) => (id === selected ? 0 : id === hovered ? 1 : near.has(id) ? 2 : 3);
  const onScreen = view.get().map((node) => ({ id: node.id, size: node.size * scale, ...network.canvasToDOM(node) }))
    .filter((n) => n.x > -80 && n.y > -20 && n.x < clientWidth + 80 && n.y < clientHeight + 20)
    .sort((a, b) => rank(a.id) - rank(b.id) || a.id - b.id);
  const taken = onScreen.map((n) => ({ left: n.x - n.size, right: n.x + n.size, top: n.y - n.size, bottom: n.y + n.size, node: n.id }));
  context.save();
  context.scale(1 / scale, 1 / scale);
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  context.translate(-origin.x, -origin.y);
  context.lineJoin = "round";
  context.textBaseline = "middle";
  for (const node of onScreen) drawLabel(context, node, rank(node.id), taken, near);
  context.restore();
}

function drawLabel(context, node, rank, taken, near) {
  const entity = entities[node.id], urgent = rank < 2, large = entity.size > LARGE;
  const pixels = urgent ? 14 : Math.round(Math.min(15, 10.5 + entity.size / 6));
  const font = `${urgent || large ? 600 : 400} ${pixels}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif`;
  const text = shorten(entity.label, urgent ? 60 : 28);
  const width = textWidth(context, text, font), high = pixels * 1.15;
  const spots = [
    [node.x - width / 2, node.y + node.size + 3 + high / 2], [node.x - width / 2, node.y - node.size - 3 - high / 2],
    [node.x + node.size + 5, node.y], [node.x - node.size - 5 - width, node.y],
  ];
  const edge = $("canvas").clientWidth - 4;
  const box = ([left, middle]) => ({ left: left - 3, right: left + width + 3, top: middle - high / 2, bottom: middle + high / 2 });
  const clear = (b, hard) => (b.left >= 4 && b.right <= edge || urgent) && taken.every((t) => t.node === node.id || (!hard && t.node > node.id)
    || b.right < t.left || b.left > t.right || b.bottom < t.top || b.top > t.bottom);
  // The labels of large nodes may cover smaller nodes where no other place is left; that of the selected one stands in any case.
  const spot = spots.find((s) => clear(box(s), true)) ?? (large || urgent ? spots.find((s) => clear(box(s), false)) : undefined)
    ?? (urgent ? spots[0] : undefined);
  if (!spot) return;
  taken.push(box(spot));
  context.font = font;
  context.globalAlpha = selected === null || urgent || near.has(node.id) ? 1 : 0.25;
  context.lineWidth = 4;
  context.strokeStyle = theme.ground;
  context.fillStyle = theme.text;
  context.strokeText(text, ...spot);
  context.fillText(text, ...spot);
}
