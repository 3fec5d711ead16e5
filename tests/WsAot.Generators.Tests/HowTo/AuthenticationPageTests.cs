using System.Buffers.Text;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using WsAot.Generators.Tests.Compilations;
using WsAot.Routing;

namespace WsAot.Generators.Tests.HowTo;

/// <summary>Runs the examples of docs/how-to/authentication.md. They refuse every client without a valid token.</summary>
public sealed class AuthenticationPageTests : IDisposable
{
    private const string Hs256 = """{"alg":"HS256","typ":"JWT"}""";
    private const string Es256 = """{"alg":"ES256","typ":"JWT"}""";
    private const string User = """{"iss":"i","aud":"a","sub":"ann","roles":["user"],"exp":2000}""";

    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("a secret of thirty-two bytes ...");
    private static readonly WsRouteTable s_table = LoadedRoutes.Load(DocumentationTests.CompilePage("docs/how-to/authentication.md"));

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly FixedTime _time = new();
    private readonly RunningRoutes _hs256;
    private readonly RunningRoutes _es256;

    public AuthenticationPageTests()
    {
        _hs256 = Serve("HS256", s_secret);
        _es256 = Serve("ES256", _key);
    }

    public void Dispose()
    {
        _hs256.Dispose();
        _es256.Dispose();
        _key.Dispose();
    }

    [Fact]
    public void Each_method_has_the_role_it_needs()
    {
        RunningClient user = _hs256.Open("/account", Bearer(Hmac(Hs256, User)));
        Assert.Equal("\"ann\"", user.Call("WhoAmI"));
        Assert.Equal("0", user.Call("Balance"));
        Assert.Equal("-32003", user.Call("Deposit", "[5]"));
        RunningClient admin = _hs256.Open("/account", "Cookie: token=" + Hmac(Hs256, User.Replace("\"user\"", "\"user\",\"admin\"")));
        Assert.Equal("5", admin.Call("Deposit", "[5]"));
        RunningClient nobody = _hs256.Open("/account", Bearer(Hmac(Hs256, User.Replace("[\"user\"]", "[]"))));
        Assert.Equal("-32003", nobody.Call("Balance"));
        Assert.Equal("\"ann\"", nobody.Call("WhoAmI"));
    }

    [Fact]
    public void Each_topic_is_heard_by_whoever_has_its_role()
    {
        RunningClient client = _hs256.Open("/teams", Bearer(Hmac(Hs256, User.Replace("[\"user\"]", "[\"team:red\"]"))));
        Assert.Contains("\"offset\":0", client.Call("$/subscribe", """{"topic":"teams/red"}"""), StringComparison.Ordinal);
        Assert.Equal("-32002", client.Call("$/subscribe", """{"topic":"teams/blue"}"""));
        Assert.Equal(401, _hs256.Ask("/teams"));
    }

    [Theory]
    [InlineData(User)]
    [InlineData("""{"iss":"i","aud":["b","a"],"sub":"ann","roles":"user","exp":1000.5,"nbf":1029}""")]
    public void A_token_that_is_valid_lets_in(string claims)
    {
        Assert.Equal(101, _hs256.Ask("/account", Bearer(Hmac(Hs256, claims))));
        Assert.Equal(101, _es256.Ask("/account", Bearer(Ecdsa(Es256, claims))));
    }

    [Theory]
    [InlineData("""{"iss":"i","aud":"a","sub":"ann","exp":970}""")]
    [InlineData("""{"iss":"i","aud":"a","sub":"ann","exp":2000,"nbf":1031}""")]
    [InlineData("""{"iss":"i","aud":"a","sub":"ann"}""")]
    [InlineData("""{"iss":"i","aud":"a","sub":"ann","exp":"2000"}""")]
    [InlineData("""{"iss":"i","aud":"other","sub":"ann","exp":2000}""")]
    [InlineData("""{"iss":"i","aud":["other"],"sub":"ann","exp":2000}""")]
    [InlineData("""{"iss":"i","sub":"ann","exp":2000}""")]
    [InlineData("""{"iss":"other","aud":"a","sub":"ann","exp":2000}""")]
    [InlineData("""{"aud":"a","sub":"ann","exp":2000}""")]
    [InlineData("""{"iss":"i","aud":"a","exp":2000}""")]
    [InlineData("""[]""")]
    [InlineData("""not JSON""")]
    public void Claims_that_do_not_fit_keep_out(string claims)
    {
        Assert.Equal(401, _hs256.Ask("/account", Bearer(Hmac(Hs256, claims))));
        Assert.Equal(401, _es256.Ask("/account", Bearer(Ecdsa(Es256, claims))));
    }

    [Fact]
    public void A_token_expires_as_time_passes()
    {
        string token = Bearer(Hmac(Hs256, User));
        _time.Seconds = 2029;
        Assert.Equal(101, _hs256.Ask("/account", token));
        _time.Seconds = 2030;
        Assert.Equal(401, _hs256.Ask("/account", token));
    }

    [Fact]
    public void A_forged_signature_keeps_out()
    {
        string[] parts = Hmac(Hs256, User).Split('.');
        string signed = $"{parts[0]}.{parts[1]}";
        string admin = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(User.Replace("user", "admin")));
        foreach (string token in (string[])
            [
                $"{parts[0]}.{admin}.{parts[2]}", $"{signed}.", signed, $"{signed}.{parts[2]}.", $"{signed}.{parts[2]}=!", "..", "x",
                $"{signed}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}",
            ])
        {
            Assert.Equal(401, _hs256.Ask("/account", Bearer(token)));
            Assert.Equal(401, _es256.Ask("/account", Bearer(token)));
        }

        Assert.Equal(401, _hs256.Ask("/account"));
        Assert.Equal(401, _hs256.Ask("/account", Bearer(Hmac(Hs256, User.Replace("ann", new string('x', 4096))))));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS512"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","crit":["b64"],"b64":false}""")]
    [InlineData("not JSON")]
    public void The_token_does_not_choose_the_algorithm(string header)
    {
        string unsigned = Unsigned(header, User);
        Assert.Equal(401, _hs256.Ask("/account", Bearer(unsigned + ".")));
        Assert.Equal(401, _es256.Ask("/account", Bearer(unsigned + ".")));
        // Even if it is signed with the right key.
        Assert.Equal(401, _hs256.Ask("/account", Bearer(Hmac(header, User))));
        Assert.Equal(401, _es256.Ask("/account", Bearer(Ecdsa(header, User))));
    }

    [Fact]
    public void The_public_key_is_no_secret()
    {
        string unsigned = Unsigned(Hs256, User);
        byte[] pem = Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem());
        string signature = Base64Url.EncodeToString(HMACSHA256.HashData(pem, Encoding.ASCII.GetBytes(unsigned)));
        Assert.Equal(401, _es256.Ask("/account", Bearer($"{unsigned}.{signature}")));
    }

    private RunningRoutes Serve(string algorithm, object key)
    {
        Type validator = s_table.GetType().Assembly.GetType("JwtValidator", throwOnError: true)!;
        object tokens = validator
            .GetMethod(algorithm, BindingFlags.Static | BindingFlags.Public)!
            .Invoke(null, [key, "i", "a", _time])!;
        return new RunningRoutes(s_table, builder => builder.Services.Fallback = new Validators(tokens));
    }

    private static string Bearer(string token) => "Authorization: Bearer " + token;

    private static string Unsigned(string header, string claims) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));

    private static string Hmac(string header, string claims)
    {
        string text = Unsigned(header, claims);
        return text + "." + Base64Url.EncodeToString(HMACSHA256.HashData(s_secret, Encoding.ASCII.GetBytes(text)));
    }

    private string Ecdsa(string header, string claims)
    {
        string text = Unsigned(header, claims);
        return text + "." + Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256));
    }

    private sealed class Validators(object tokens) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType.IsInstanceOfType(tokens) ? tokens : null;
    }

    private sealed class FixedTime : TimeProvider
    {
        public long Seconds { get; set; } = 1000;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Seconds);
    }
}
