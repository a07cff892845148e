/** The signed answer that the vendor published for a cancelled order (seed, message rse-28). */
export const EXAMPLE = `{
"sign": "8cc824680208d28c04c9adb1ca2d304958c29846a7b778cf959540899721b5901c72f7360cbd7ccb64ee6b0b57e82f97373d8c90b57343cf5550cd8e03dea306",
"data": {
"cash_fee": "",
"attach": "",
"result": "CLOSED",
"openid": "",
"rate": "",
"channel": "",
"nonce_str": "",
"mch_order_no": "k_20210520_24",
"cash_fee_type": "",
"pay_mch_order_no": "2106021528410423",
"total_fee": 2000,
"fee_type": "THB",
"ksher_order_no": "",
"channel_order_no": "",
"time_end": "",
"appid": "mch29217"
},
"message": "操作成功",
"code": 0,
"msg": "操作成功"
}`;
