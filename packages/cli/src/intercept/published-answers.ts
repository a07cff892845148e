import type { PublishedAnswer } from "@ksherproof/intercept";
import { openVectors } from "@ksherproof/vectors";

/** Genuine query answers that the production gateway gave and somebody published, by order number. */
export function publishedAnswers(): readonly PublishedAnswer[] {
  return openVectors("real").groups.flatMap(({ tests }) =>
    tests.flatMap(({ id, result, pairs, body }) => {
      const data = new Map(pairs);
      const asked = ["mch_order_no", "appid", "result"].map((name) => data.get(name));
      const [mch_order_no, appid, state] = asked;
      if (result !== "valid" || mch_order_no === undefined || appid === undefined || state === undefined)
        return [];
      return data.has("pay_mch_order_no")
        ? [{ id: id.replace("real-published-", ""), mch_order_no, appid, result: state, body }]
        : [];
    }),
  );
}
