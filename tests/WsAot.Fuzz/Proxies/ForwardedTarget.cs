using System.Net;
using System.Text;
using WsAot.Fuzz.Support;
using WsAot.Handshake;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Fuzz.Proxies;

/// <summary>
/// Compares the reader of <c>X-Forwarded-*</c> and <c>Forwarded</c>, in which trusted proxies describe a client, with a naive one. For the
/// input, see <see cref="ForwardedInput"/>.
/// </summary>
internal class ForwardedTarget : FuzzTarget
{
    public const string TrustedProxies = "10.0.0.0/8;192.168.1.1;fd00::/16";

    private static readonly PeerAddress s_peer = new([10, 0, 0, 1], 5000);

    private static readonly ForwardedPolicy s_xForwarded = PolicyOf(ForwardedPolicy.XForwarded);
    private static readonly ForwardedPolicy s_forwarded = PolicyOf(ForwardedPolicy.Forwarded);

    public override string Name => "forwarded";

    public override int SliceInputs => 40_000;

    public override byte[] Generate(FuzzRandom random) => ForwardedGenerator.Generate(random);

    public override string? Check(byte[] input)
    {
        var headers = new ForwardedInput(input);
        if (Read(headers, headers.Request()) is not { } result) return null;
        ForwardedClient? client = result.Client;
        NaiveForwarded? expected = ReadNaively(headers);
        bool isRead = AllNames().All(name => NaiveForwarded.ElementsOf(headers, name).Count <= ForwardedList.MaxElements);
        string actual = Describe(client);
        string wanted = expected?.ToString() ?? "nothing";
        if (isRead && actual != wanted) return $"It is {actual}, and should be {wanted}.";
        if (client is null) return null;
        if (isRead && expected!.IsEnd && CheckMadeUp(headers, client) is { } problem) return problem;
        return CheckWrittenAgain(client);
    }

    protected virtual NaiveForwarded? ReadNaively(ForwardedInput headers) => NaiveForwarded.Read(headers, ([10, 0, 0, 1], 5000));

    private static string[] AllNames() => ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"];

    private static ForwardedPolicy PolicyOf(string headers) =>
        new(new WsServerOptions { TrustedProxies = TrustedProxies, ForwardedHeaders = headers });

    /// <returns>Null if the request is refused earlier.</returns>
    private static (ForwardedClient? Client, bool IsRead)? Read(ForwardedInput headers, byte[] request)
    {
        var reader = default(RequestHeadReader);
        if (reader.Read(request, new HandshakeLimits(100_000)) != HeadReadStatus.Done || reader.Length != request.Length) return null;
        ForwardedPolicy policy = headers.IsRfc7239 ? s_forwarded : s_xForwarded;
        return (policy.Read(new RequestHead(request), s_peer), true);
    }

    private static string Describe(ForwardedClient? client) => client is null
        ? "nothing"
        : NaiveForwarded.Describe(
            client.Address.ToString(), client.IsSecure, client.Host is { } host ? Encoding.Latin1.GetString(host) : null);

    /// <summary>If the client is not one of our proxies, elements before those of our proxies must not change its address.</summary>
    private static string? CheckMadeUp(ForwardedInput headers, ForwardedClient client)
    {
        (string, string) line = headers.IsRfc7239
            ? ("Forwarded", "for=192.0.2.66;proto=https;host=evil.example")
            : ("X-Forwarded-For", "192.0.2.66, \"");
        if (Read(headers, headers.Request(line)) is not { } again) return null;
        bool isSame = headers.IsRfc7239
            ? Describe(again.Client) == Describe(client)
            : again.Client?.Address.ToString() == client.Address.ToString();
        return isSame ? null : $"Made up, it is {Describe(again.Client)} in place of {Describe(client)}.";
    }

    /// <summary>An address must stay the same if a proxy writes it and it is read again.</summary>
    private static string? CheckWrittenAgain(ForwardedClient client)
    {
        IPEndPoint endPoint = client.Address.ToIPEndPoint();
        // Port 0 means that there is none.
        string node = endPoint.Port == 0 ? client.Address.ToString()[..^2] : client.Address.ToString();
        foreach (string input in new[] { $"F\nffor=\"{node}\"", $"X\na{node}" })
        {
            var headers = new ForwardedInput(Encoding.ASCII.GetBytes(input));
            string? again = Read(headers, headers.Request())?.Client?.Address.ToString();
            if (again != client.Address.ToString()) return $"Written again, {client.Address} is {again}.";
        }

        return null;
    }
}
