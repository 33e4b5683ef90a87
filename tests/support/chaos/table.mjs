/** A verdict as a table in Markdown, with what it was run with. */
export function told({ jobs, seed, kills, rate, minutes, engines = [] }, { rows, broken }) {
  const command = `node bench/chaos.mjs --jobs ${jobs} --seed ${seed} --kills ${kills} --rate ${rate} --minutes ${minutes}${engines.length ? ` --engines ${engines}` : ""}`;
  const lines = rows.map(([what, value, remark]) => `| ${what} | ${value} | ${remark ?? ""} |`);
  const end = broken.length ? broken.map((line) => `BROKEN ${line}`) : ["Every promise was kept."];
  return [`\`${command}\``, "", "| | | |", "|---|---|---|", ...lines, "", ...end].join("\n");
}
