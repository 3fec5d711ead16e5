using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>The argument for a parameter, or the reason why there is none. Neither is set if the error is reported elsewhere.</summary>
internal readonly record struct Binding(Argument? Argument, string? FailureReason)
{
    public static Binding Failed(string reason) => new(null, reason);
}
