using WsAot.Admin;
using WsAot.Certificates;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>
/// <c>--check</c>: reports everything that would keep the server from starting and can be checked without listening: wrong options,
/// unreadable files, missing services.
/// </summary>
internal static class OptionCheck
{
    private const string Option = "--check";

    public static bool IsAskedFor(string[] args) => args.Contains(Option, StringComparer.OrdinalIgnoreCase);

    /// <summary>The arguments without <c>--check</c>.</summary>
    public static string[] Without(string[] args) =>
        [.. args.Where(static arg => !arg.Equals(Option, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Checks everything that the builder needs to build the server.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="build">Builds the server, and throws a <see cref="WsStartException"/> if a service is missing.</param>
    /// <param name="errors">Has the errors that were found while the options were read, and gets the others.</param>
    public static void Run(WsServerBuilder builder, Func<WsServerBuilder, object?> build, OptionErrors errors)
    {
        OptionRules.CheckAll(builder.Options, errors);
        AdminRules.Check(builder.Options, errors);
        errors.Read(builder.Options, AdminRules.ReadToken);
        if (TlsFeature.IsSupported && TlsSettings.HasCertificate(builder.Options)) errors.Read(builder, ReadCertificates);
        // With wrong options, the server cannot be built, so its services cannot be checked either.
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
