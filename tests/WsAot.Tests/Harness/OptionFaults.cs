using WsAot.Admin;
using WsAot.Server;

namespace WsAot.Tests.Harness;

/// <summary>What is wrong with options, as one text; null if nothing is.</summary>
internal static class OptionFaults
{
    /// <summary>In the values by themselves.</summary>
    public static string? InValues(WsServerOptions options) => Find(options, OptionRules.Check);

    /// <summary>In all that a server would refuse.</summary>
    public static string? InAll(WsServerOptions options) => Find(options, static (all, errors) => OptionRules.CheckAll(all, errors));

    /// <summary>In what the admin listener needs.</summary>
    public static string? InAdmin(WsServerOptions options) => Find(options, AdminRules.Check);

    private static string? Find(WsServerOptions options, Action<WsServerOptions, OptionErrors> check)
    {
        var errors = new OptionErrors();
        check(options, errors);
        // Each is one line.
        Assert.All(errors.All, static error => Assert.DoesNotContain('\n', error));
        return errors.IsEmpty ? null : string.Join('\n', errors.All);
    }
}
