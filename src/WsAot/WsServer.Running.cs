using WsAot.CommandLine;

namespace WsAot;

/// <content>Running a prepared builder as a program.</content>
public sealed partial class WsServer
{
    /// <summary>
    /// As <see cref="RunAsync"/>, with a builder that you have prepared: for example with command line options that a package adds, or with
    /// other defaults in <see cref="WsServerBuilder.Options"/>.
    /// </summary>
    /// <param name="builder">The builder. Its options must not have been read yet.</param>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Configures the server after the options have been read.</param>
    /// <param name="name">The name of the settings.</param>
    /// <param name="cancellationToken">Stops the server, as a signal does.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunPreparedAsync(
        WsServerBuilder builder,
        string[] args,
        Action<WsServerBuilder>? configure = null,
        string name = ConfigurationNames.Default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.TryReadCommandLine(args, out int exitCode, name)) return Task.FromResult(exitCode);
        builder.UseConsoleLog();
        return ServerProgram.TryConfigure(builder, configure, builder.CheckErrors, out exitCode)
            ? builder.RunAsync(cancellationToken)
            : Task.FromResult(exitCode);
    }
}
