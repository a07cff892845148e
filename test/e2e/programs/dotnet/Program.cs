using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;

static class Program
{
    static void Main(string[] args)
    {
        string appid = args[0], endpoint = args[2], order = args[3];
        var form = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["appid"] = appid,
            ["mch_order_no"] = order,
            ["nonce_str"] = Guid.NewGuid().ToString("N"),
            ["time_stamp"] = DateTime.Now.ToString("yyyyMMddHHmmss"),
        };
        string text = string.Concat(form.Select(pair => pair.Key + "=" + pair.Value));
        var key = RSA.Create();
        key.ImportRSAPrivateKey(FromPem(File.ReadAllText(args[1])), out _);
        byte[] sign = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1);
        form["sign"] = string.Concat(sign.Select(one => one.ToString("x2")));
        var http = new HttpClient();
        var answer = http.PostAsync("https://gateway.ksher.com/api/" + endpoint, new FormUrlEncodedContent(form)).Result;
        Console.WriteLine(answer.Content.ReadAsStringAsync().Result);
    }

    static byte[] FromPem(string pem) =>
        Convert.FromBase64String(string.Concat(pem.Split('\n').Where(line => !line.StartsWith("-"))));
}
