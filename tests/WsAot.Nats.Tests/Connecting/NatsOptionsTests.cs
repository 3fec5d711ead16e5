using WsAot.CommandLine;
using WsAot.Nats.Connecting;

namespace WsAot.Nats.Tests.Connecting;

/// <summary>Where the options come from, and what is wrong with them.</summary>
public sealed class NatsOptionsTests
{
    [Fact]
    public void The_command_line_wins_over_the_section_of_the_file()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(
            file, """{ "nats": { "url": "nats://file:1", "prefix": "file", "replicas": 3, "password": "secret", "user": "me" } }""");
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table)
            .AddNatsOptions()
            .ReadOptions(["--config", file, "--nats-url", "nats://a:1,nats://b:2", "--nats-required-for-readiness=true"]);
        File.Delete(file);
        WsNatsOptions? read = null;
        builder.UseNats(options => read = options);
        Assert.Equal(
            ("nats://a:1,nats://b:2", "file", 3, "secret", true),
            (read!.Url, read.Prefix, read.Replicas, read.Password, read.RequiredForReadiness));
    }

    [Fact]
    public void Without_the_package_the_options_are_unknown_and_without_a_value_nothing_is_connected()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        WsOptionException refused = Assert.Throws<WsOptionException>(() => builder.ReadOptions(["--nats-url", "nats://a"]));
        Assert.Equal("Unknown option '--nats-url'.", refused.Message);
        builder = WsServer.CreateBuilder(WsRoutes.Table).AddNatsOptions().ReadOptions([]);
        Assert.Null(builder.UseNatsIfConfigured().Backplane);
        builder.ReadOptions(["--nats-url=nats://a"]);
        Assert.NotNull(builder.UseNatsIfConfigured().Backplane);
        Assert.Throws<InvalidOperationException>(() => builder.UseNats());
    }

    [Theory]
    [InlineData("--nats-url=", "'nats:url' is missing: name the servers, such as nats://10.0.0.1:4222.")]
    [InlineData("--nats-prefix=a.b", "'nats:prefix' is 'a.b': it must be 1 to 32 letters, digits, '_' and single '-', none at the end.")]
    [InlineData("--nats-replicas=6", "'nats:replicas' is 6: it must be 1 to 5.")]
    [InlineData("--nats-seed-file=/no/such", "'nats:seedFile': /no/such does not exist.")]
    [InlineData("--nats-key-file=/dev/null", "'nats:certificateFile' and 'nats:keyFile' need each other.")]
    [InlineData("--nats:password=x", "'nats:password' needs 'nats:user'.")]
    [InlineData("--nats:urll=x", "Unknown option 'nats:urll'.")]
    public void What_is_wrong_is_said(string argument, string error)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table)
            .AddNatsOptions()
            .ReadOptions(argument.StartsWith("--nats-url", StringComparison.Ordinal) ? [argument] : ["--nats-url=nats://a", argument]);
        Assert.Equal(error, Assert.Throws<WsOptionException>(() => builder.UseNats()).Message);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table).ReadOptions(
        [
            "--nats:replicas=many", "--nats:storeTimeoutMs=5s", "--nats:requiredForReadiness=yes", "--nats:urll=x", "--nats:prefix=a.b",
            "--nats:token:x=y",
        ]);
        Assert.Equal(
            [
                "'nats:prefix' is 'a.b': it must be 1 to 32 letters, digits, '_' and single '-', none at the end.",
                "'nats:url' is missing: name the servers, such as nats://10.0.0.1:4222.",
                "Option 'nats:replicas' must be a whole number, not 'many'.",
                "Option 'nats:requiredForReadiness' must be true or false, not 'yes'.",
                "Option 'nats:storeTimeoutMs' must be a whole number, not '5s'.",
                "Option 'nats:token' must have one value.",
                "Unknown option 'nats:urll'.",
            ],
            Assert.Throws<WsOptionException>(() => builder.UseNats()).Errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_help_names_them_in_lines_that_fit()
    {
        string help = OptionTable.Help("app", new ConfigurationNames("app"), NatsCommandLine.Options);
        foreach (SectionOption option in NatsCommandLine.Options) Assert.Contains($"  --{option.Name} <", help);
        Assert.All(help.Split('\n'), static line => Assert.True(line.Length <= 140, line));
    }
}
