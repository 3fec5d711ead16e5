using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace WsAot.Generators.Emitting;

/// <summary>Makes readable identifiers from type names.</summary>
internal static class TypeIdentifier
{
    /// <param name="type">
    /// The fully qualified name: <c>global::System.Collections.Generic.List&lt;int[]&gt;</c> becomes <c>ListIntArray</c>.
    /// </param>
    public static string Of(string type)
    {
        var identifier = new StringBuilder();
        int start = 0;
        while (start < type.Length)
        {
            int end = start;
            while (end < type.Length && SyntaxFacts.IsIdentifierPartCharacter(type[end])) end++;
            // Namespaces and containing types, which end in '.' or '::', are left out.
            bool qualifies = end < type.Length && type[end] is '.' or ':';
            if (end > start && !qualifies) identifier.Append(char.ToUpperInvariant(type[start])).Append(type, start + 1, end - start - 1);
            else if (type[start] is '[' or '?') identifier.Append(type[start] == '[' ? "Array" : "OrNull");
            start = end > start ? end : start + 1;
        }

        return identifier.ToString();
    }
}
