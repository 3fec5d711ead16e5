using WsAot.Admin;
using WsAot.Certificates;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>
/// <c>--check</c>: says everything that would keep the server from starting, as far as it can be known without listening: wrong options,
/// files that cannot be read, services that are missing.
/// </summary>
internal static class OptionCheck
{
    private const string Option = "--check";

    public static bool IsAskedFor(string[] args) => args.Contains(Option, StringComparer.OrdinalIgnoreCase);

    /// <summary>The options of the server.</summary>
    public static string[] Without(string[] args) =>
        [.. args.Where(static arg => !arg.Equals(Option, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Looks at what the builder would build a server of.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="build">Builds the server, and throws a <see cref="WsStartException"/> if a service is missing.</param>
    /// <param name="errors">Has what was found while the options were read, and gets the rest.</param>
    public static void Run(WsServerBuilder builder, Func<WsServerBuilder, object?> build, OptionErrors errors)
    {
        OptionRules.CheckAll(builder.Options, errors);
        AdminRules.Check(builder.Options, errors);
        errors.Read(builder.Options, AdminRules.ReadToken);
        if (TlsFeature.IsSupported && TlsSettings.HasCertificate(builder.Options)) errors.Read(builder, ReadCertificates);
        // A server of wrong options cannot be built, and without it nobody knows which services there would be.
        if (errors.IsEmpty) errors.Read(builder, build);
    }

    private static object? ReadCertificates(WsServerBuilder builder)
    {
        var options = new TransportOptions { Loops = 1, TimeProvider = builder.TimeProvider };
        using ServerTransport transport =
            builder.CreateTransport?.Invoke(options) ?? ServerTransport.Create(builder.Options.Transport, options);
        using TlsServer tls = transport.CreateTls(TlsSettings.From(builder.Options));
        return null;
    }
}
