namespace WsAot.Logging;

/// <summary>How the console log looks.</summary>
internal enum LogFormat
{
    /// <summary>A line for a person.</summary>
    Text,

    /// <summary>A line of JSON.</summary>
    Json,
}
