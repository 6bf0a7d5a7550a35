import { assert, check } from "./lib/check";
import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";

check("fast-xml-parser", () => {
  const parsed = new XMLParser({ ignoreAttributes: false }).parse('<r a="1"><i>1</i><i>&lt;x</i><![CDATA[raw]]></r>');
  assert.deepStrictEqual(parsed.r.i, [1, "<x"]);
  assert.strictEqual(parsed.r["@_a"], "1");
  assert.match(new XMLBuilder().build({ r: { i: [1, 2] } }), /<r><i>1<\/i><i>2<\/i><\/r>/);
  assert.notStrictEqual(XMLValidator.validate("<a><b></a>"), true);
});
