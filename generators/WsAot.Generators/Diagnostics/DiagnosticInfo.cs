using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Diagnostics;

/// <summary>A diagnostic that the parser found. The generator ignores it; an analyzer reports it.</summary>
/// <param name="AdditionalLocations">Other places that belong to the error, such as a declaration in a base class.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record DiagnosticInfo(
    DiagnosticDescriptor Descriptor, Location Location, IReadOnlyList<Location> AdditionalLocations, object[] Arguments)
{
    /// <summary>The property in which a code fix finds the first argument of the message: the message itself is only text.</summary>
    private const string NameProperty = "Name";

    /// <summary>Whether both say the same about the same place.</summary>
    public bool IsSame(DiagnosticInfo other) =>
        ReferenceEquals(Descriptor, other.Descriptor) && Location.Equals(other.Location) && Arguments.SequenceEqual(other.Arguments);

    public Diagnostic ToDiagnostic()
    {
        Debug.Assert(Arguments.Length > 0, "Every message names what is wrong.");
        return Diagnostic.Create(
            Descriptor,
            Location,
            AdditionalLocations,
            ImmutableDictionary<string, string?>.Empty.Add(NameProperty, Arguments[0].ToString()),
            Arguments);
    }
}
