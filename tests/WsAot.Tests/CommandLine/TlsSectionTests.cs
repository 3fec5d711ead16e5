using Microsoft.Extensions.Configuration;

namespace WsAot.Tests.CommandLine;

/// <summary>Certificates of the section <c>tls</c>, in the file, the environment and a host's own configuration.</summary>
[Collection(ServerConfigurationTests.Collection)]
public sealed class TlsSectionTests : IDisposable
{
    private const string Variable = "WSAOT_TLS__CERTIFICATES__0__KEYFILE";

    private readonly string _formerFolder = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wsaot-");

    public TlsSectionTests() => Environment.CurrentDirectory = _folder.FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Environment.CurrentDirectory = _formerFolder;
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Certificates_are_read_in_their_order()
    {
        WsTlsCertificate[] certificates = Read(
            """
            { "tls": { "certificates": [
                { "hosts": ["a.example", "*.b.example"], "certificateFile": "a.pem", "keyFile": "a.key", "keyPasswordFile": "a.txt" },
                { "Hosts": ["c.example"], "CertificateFile": "c.pem" },
                { "certificateFile": "e.pem" }
            ] } }
            """);
        Assert.Equal(
            ["a.example *.b.example: a.pem a.key a.txt", "c.example: c.pem  ", ": e.pem  "],
            certificates.Select(Describe));
    }

    [Fact]
    public void The_command_line_and_the_environment_win_over_the_file()
    {
        Environment.SetEnvironmentVariable(Variable, "b.key");
        WsTlsCertificate[] certificates = Read(
            """{ "tls": { "certificates": [{ "certificateFile": "a.pem", "keyFile": "a.key" }] } }""",
            "--tls:certificates:0:certificateFile", "b.pem", "--tls:certificates:1:certificateFile", "c.pem");
        Assert.Equal([": b.pem b.key ", ": c.pem  "], certificates.Select(Describe));
    }

    [Fact]
    public void What_is_read_again_takes_the_place_of_what_was_read()
    {
        File.WriteAllText("wsaot.json", """{ "tls": { "certificates": [{ "certificateFile": "a.pem" }] } }""");
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table).ReadOptions([]).ReadOptions([]);
        builder.Options.TlsCertificates.Add(new WsTlsCertificate { Hosts = { "z.example" }, CertificateFile = "z.pem" });
        Assert.Equal(["a.pem", "z.pem"], builder.Options.TlsCertificates.Select(static one => one.CertificateFile));
    }

    [Fact]
    public void A_host_has_it_in_its_own_section()
    {
        WsServerBuilder builder = ReadHost(new() { ["WsAot:Tls:Certificates:0:CertificateFile"] = "a.pem", ["WsAot:Loops"] = "1" });
        Assert.Equal("a.pem", Assert.Single(builder.Options.TlsCertificates).CertificateFile);
        Assert.Throws<WsOptionException>(() => ReadHost(new() { ["WsAot:Tls:Certificate:0:CertificateFile"] = "a.pem" }));
    }

    [Theory]
    [InlineData("""{ "certificate": [{ "keyFile": "a" }] }""", "Unknown option 'tls:certificate': the options there are certificates.")]
    [InlineData("""{ "certificates": "a.pem" }""", "Option 'tls:certificates' must be a list of certificates.")]
    [InlineData("""{ "certificates": ["a.pem"] }""", "Option 'tls:certificates:0' must be a certificate in a list")]
    [InlineData("""{ "certificates": { "a": { "keyFile": "a" } } }""", "Option 'tls:certificates:a' must be a certificate in a list")]
    [InlineData("""{ "certificates": [{ "certificateFile": "a", "key": "b" }] }""", "Unknown option 'tls:certificates:0:key'")]
    [InlineData("""{ "certificates": [{ "keyFile": ["a"] }] }""", "Option 'tls:certificates:0:keyFile' must have one value.")]
    [InlineData("""{ "certificates": [{ "hosts": [["a"]] }] }""", "Option 'tls:certificates:0:hosts' must be a list of hosts.")]
    [InlineData("""{ "certificates": [{ "hosts": "a" }] }""", "Option 'tls:certificates:0:hosts' must be a list of hosts.")]
    public void A_mistake_in_it_is_named(string tls, string message)
    {
        string found = Assert.Throws<WsOptionException>(() => Read($$"""{ "tls": {{tls}} }""")).Message;
        Assert.Contains(message, found, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', found);
    }

    private static string Describe(WsTlsCertificate one) =>
        $"{string.Join(' ', one.Hosts)}: {one.CertificateFile} {one.KeyFile} {one.KeyPasswordFile}";

    private static WsTlsCertificate[] Read(string json, params string[] args)
    {
        File.WriteAllText("wsaot.json", json);
        return [.. WsServer.CreateBuilder(WsRoutes.Table).ReadOptions(args).Options.TlsCertificates];
    }

    private static WsServerBuilder ReadHost(Dictionary<string, string?> values)
    {
        IConfiguration host = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        return WsServer.CreateBuilder(WsRoutes.Table).ReadOptions(host.GetSection("WsAot"));
    }
}
