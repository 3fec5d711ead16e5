using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NATS.NKeys;

namespace WsAot.Nats.Tests.Harness;

/// <summary>
/// An operator with one account and one user, as <c>nsc</c> makes them: a configuration for the NATS server, and credentials for the user.
/// </summary>
internal sealed class NatsAccount
{
    private readonly KeyPair _operator = KeyPair.CreatePair(PrefixByte.Operator);
    private readonly KeyPair _account = KeyPair.CreatePair(PrefixByte.Account);

    /// <summary>What the server's file says.</summary>
    public string Config
    {
        get
        {
            // JetStream wants an account of its own, too.
            KeyPair system = KeyPair.CreatePair(PrefixByte.Account);
            return $$"""
                operator: "{{Sign(_operator, _operator, "operator", [])}}"
                system_account: {{system.GetPublicKey()}}
                resolver: MEMORY
                resolver_preload: {
                  {{system.GetPublicKey()}}: "{{Sign(_operator, system, "account", Limits(hasStreams: false))}}"
                  {{_account.GetPublicKey()}}: "{{Sign(_operator, _account, "account", Limits(hasStreams: true))}}"
                }
                """;
        }
    }

    /// <summary>The credentials of a user, who is one of this account.</summary>
    public string CreateCredentials()
    {
        KeyPair user = KeyPair.CreatePair(PrefixByte.User);
        var rights = new JsonObject { ["pub"] = new JsonObject(), ["sub"] = new JsonObject() };
        foreach (string limit in new[] { "subs", "data", "payload" }) rights[limit] = -1;
        return $"""
            -----BEGIN NATS USER JWT-----
            {Sign(_account, user, "user", rights)}
            ------END NATS USER JWT------

            -----BEGIN USER NKEY SEED-----
            {user.GetSeed()}
            ------END USER NKEY SEED------

            """;
    }

    private static JsonObject Limits(bool hasStreams)
    {
        var limits = new JsonObject { ["wildcards"] = true };
        string[] names = ["subs", "data", "payload", "conn", "leaf", "imports", "exports"];
        string[] ofStreams = ["mem_storage", "disk_storage", "streams", "consumer"];
        foreach (string name in hasStreams ? names.Concat(ofStreams) : names) limits[name] = -1;
        return new JsonObject { ["limits"] = limits };
    }

    private static string Sign(KeyPair issuer, KeyPair subject, string type, JsonObject claims)
    {
        (claims["type"], claims["version"]) = (type, 2);
        var body = new JsonObject
        {
            ["jti"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)),
            ["iat"] = 1_700_000_000,
            ["iss"] = issuer.GetPublicKey(),
            ["name"] = type,
            ["sub"] = subject.GetPublicKey(),
            ["nats"] = claims,
        };
        string text = $"{Encode("""{"typ":"JWT","alg":"ed25519-nkey"}""")}.{Encode(body.ToJsonString())}";
        byte[] signature = new byte[64];
        issuer.Sign(Encoding.ASCII.GetBytes(text), signature);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
