using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>What a parameter is given, or why it is given nothing. Neither: a mistake that is reported elsewhere.</summary>
internal readonly record struct Binding(Argument? Argument, string? Problem)
{
    public static Binding Impossible(string problem) => new(null, problem);
}
