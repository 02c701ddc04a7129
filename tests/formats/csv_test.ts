import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { csvText } from "../../lib/formats/csv.ts";

Deno.test("a table has a line of names, and quotes only what needs it", () => {
  const rows = [{ name: "metamer[clip=a,seed=1]", value: 0.1 }, { name: 'a "b"', value: 1e-7 }, {
    name: "c",
  }];
  assert.equal(
    csvText(["name", "value"], rows),
    'name,value\r\n"metamer[clip=a,seed=1]",0.1\r\n"a ""b""",1e-7\r\nc,\r\n',
  );
});

Deno.test("every number and every text reads back as it was", () => {
  const cell = fc.record({ text: fc.string(), number: fc.double({ noNaN: true, noDefaultInfinity: true }) });
  fc.assert(fc.property(fc.array(cell, { minLength: 1 }), (rows) => {
    const read: string[][] = parse(csvText(["number", "text"], rows), { from: 2, record_delimiter: "\r\n" });
    const expected = rows.map(({ number, text }) => [number === 0 ? 0 : number, text]);
    assert.deepEqual(read.map(([number = "", text]) => [Number(number), text]), expected);
  }));
});

Deno.test("what is no number has no place in a table", () => {
  assert.throws(() => csvText(["value"], [{ value: NaN }]), /NaN/);
});
