using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using WsAot;

namespace Host;

/// <summary>Uses what the package's dependencies generate: log methods, and the binding of a section.</summary>
[WsRoute("/host/{word}")]
internal sealed partial class Greeting(WsConnection connection, string word, ILogger<Greeting> log)
{
    [OnOpen]
    public void Opened()
    {
        LogGreeting(log, word);
        connection.Send($"{word} from the host");
    }

    public static Limits ReadLimits(IConfiguration configuration) => configuration.Get<Limits>() ?? new Limits();

    [LoggerMessage(Level = LogLevel.Information, Message = "Greets with {Word}.")]
    private static partial void LogGreeting(ILogger log, string word);

    internal sealed class Limits
    {
        public int Words { get; set; }
    }
}
