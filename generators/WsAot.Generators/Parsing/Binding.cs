using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>What a parameter is given, or why it is given nothing. Neither: a mistake that is reported elsewhere.</summary>
internal readonly record struct Binding(Argument? Argument, string? FailureReason)
{
    public static Binding Failed(string reason) => new(null, reason);
}
