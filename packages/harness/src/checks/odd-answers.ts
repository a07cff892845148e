/** An answer whose code is documented, and all else odd: the code alone decides. */
export interface OddAnswer {
  readonly requirement: "RSP-004" | "RSP-005";
  /** R1 is an open order, NONE is none. */
  readonly order: "R1" | "NONE";
  readonly outcome: "cancelled" | "not_found";
  readonly body: string;
}

const done = (requirement: OddAnswer["requirement"], rest: string): OddAnswer => ({
  requirement,
  order: "R1",
  outcome: "cancelled",
  body: `{"code":0${rest}}`,
});
const refused = (requirement: OddAnswer["requirement"], rest: string): OddAnswer => ({
  requirement,
  order: "NONE",
  outcome: "not_found",
  body: `{"code":-3${rest}}`,
});
const said = ',"msg":"操作成功","data":"取消成功","message":"操作成功"';
const missed = ',"msg":"该订单不存在","message":"该订单不存在"';

/** Texts that are missing or other ones (RSP-004), and members that the other endpoints and hosts have (RSP-005). */
export const oddAnswers: readonly OddAnswer[] = [
  done("RSP-004", ',"msg":"操作成功","message":"操作成功"'),
  done("RSP-004", ',"msg":"ok","data":"","message":"ok"'),
  done("RSP-004", ',"msg":"ok","data":"Order cancelled","message":"Cancelled"'),
  done("RSP-004", ',"msg":"该订单已被取消,不能重复进行此操作","data":"取消成功"'),
  // The field table's own example of a msg, beside the code 0.
  done("RSP-004", ',"msg":"system error","data":"取消成功","message":"failed"'),
  done("RSP-004", ',"msg":"该订单已支付成功,不能进行此操作","message":"该订单已支付成功,不能进行此操作"'),
  refused("RSP-004", ',"msg":"取消订单失败","message":"验证商户签名失败"'),
  refused("RSP-004", ',"message":"Order cancelled successfully, code 0"'),
  done("RSP-005", `${said},"status_code":"","status_msg":"","version":"3.0.0","time_stamp":"20261124112030"`),
  done(
    "RSP-005",
    `${said},"lang":"en","error":null,"errors":[],"success":false,"status":"error","result":"FAIL"`,
  ),
  done("RSP-005", `${said},"trace":{"id":"7f","hops":[1,{"at":"2"}]},"more":[{}],"deep":[[[[]]]]`),
  refused(
    "RSP-005",
    `${missed},"lang":"th","error":{"code":0},"success":true,"status":"ok","result":"SUCCESS"`,
  ),
  refused("RSP-005", `${missed},"data":"","sign":"","lang":""`),
  done("RSP-005", `${said},"err_code":-4,"error_code":"PAID","errcode":1,"status_code":500`),
];
