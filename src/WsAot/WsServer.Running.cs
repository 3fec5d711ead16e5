using WsAot.CommandLine;

namespace WsAot;

/// <content>A server as a program, with a builder that was prepared.</content>
public sealed partial class WsServer
{
    /// <summary>
    /// As <see cref="RunAsync"/>, with a builder that you have prepared: with options of the command line that packages add, or with other
    /// defaults in its <see cref="WsServerBuilder.Options"/>.
    /// </summary>
    /// <param name="builder">The builder. Its options have not been read.</param>
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
