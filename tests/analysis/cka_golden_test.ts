import assert from "node:assert/strict";
import { linearCka, type Representation } from "../../lib/analysis/cka.ts";
import { npzArray, type NpzArrays } from "../../lib/formats/npz.ts";
import { goldenFloats, readGolden } from "../golden_data.ts";
import { sharedPath } from "../shared_data.ts";

function representation(golden: NpzArrays, name: string): Representation {
  const { shape: [samples = 0, features = 0], data } = goldenFloats(golden, name);
  return { samples, features, order: "by_sample", data };
}

function near(found: number | undefined, golden: NpzArrays, name: string): void {
  const [expected] = npzArray(golden, name, "cka.npz").data;
  const error = Math.abs((found ?? NaN) - Number(expected));
  assert(error <= 1e-6, `${name}: ${found} instead of ${expected}`);
}

Deno.test({
  name: "linear CKA and debiased CKA are the golden numbers (cka.npz)",
  ignore: sharedPath("golden/cka.npz") === undefined,
  fn() {
    const golden = readGolden("cka.npz");
    const whole = linearCka(representation(golden, "x"), representation(golden, "y"));
    near(whole.cka, golden, "cka");
    near(whole.debiased, golden, "cka_debiased");
    const small = representation(golden, "small_x");
    for (const other of ["y", "z"]) {
      const found = linearCka(small, representation(golden, `small_${other}`));
      near(found.cka, golden, `small_cka_x${other}`);
      near(found.debiased, golden, `small_cka_debiased_x${other}`);
    }
  },
});
