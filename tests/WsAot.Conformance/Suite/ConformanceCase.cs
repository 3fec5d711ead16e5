namespace WsAot.Conformance.Suite;

/// <summary>One thing that a server must do.</summary>
/// <param name="Id">
/// The section of the RFC that asks for it, a hyphen, and a name, as <c>5.2-text-of-125-bytes</c>. Sections are those of RFC 6455; with
/// <c>deflate-</c> in front, those of RFC 7692.
/// </param>
/// <param name="Name">What is sent, in words.</param>
/// <param name="Expectation">What must come back, in words.</param>
/// <param name="RunAsync">Runs the case; throws <see cref="CaseFailedException"/> if the server fails it.</param>
internal sealed record ConformanceCase(string Id, string Name, string Expectation, Func<CaseContext, Task> RunAsync)
{
    private const string DeflatePrefix = "deflate-";

    /// <summary>Where the RFC leaves a choice: the one that this suite makes, and why.</summary>
    public string? Choice { get; init; }

    /// <summary>True for a case with megabytes, which gets more time.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Why the options leave the case out, or null.</summary>
    public string? SkipReason { get; init; }

    /// <summary>The section as printed.</summary>
    public string Section =>
        Id.StartsWith(DeflatePrefix, StringComparison.Ordinal) ? "RFC 7692 " + Head(Id[DeflatePrefix.Length..]) : "RFC 6455 " + Head(Id);

    /// <summary>The same case with its <see cref="Choice"/>.</summary>
    public ConformanceCase Choosing(string choice) => this with { Choice = choice };

    private static string Head(string id) => id[..id.IndexOf('-', StringComparison.Ordinal)];
}
