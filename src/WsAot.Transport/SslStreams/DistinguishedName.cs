using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace WsAot.Transport.SslStreams;

/// <summary>Writes names as RFC 2253 does, with characters beyond ASCII as they are.</summary>
internal static class DistinguishedName
{
    /// <param name="encoded">A <c>Name</c> (RFC 5280 section 4.1.2.4).</param>
    public static string Write(byte[] encoded)
    {
        // The last part comes first. A plus joins the attributes of one part.
        var parts = new Stack<string>();
        AsnReader sets = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        while (sets.HasData)
        {
            AsnReader set = sets.ReadSetOf();
            string separator = parts.Count == 0 ? "" : ",";
            while (set.HasData)
            {
                AsnReader attribute = set.ReadSequence();
                parts.Push(separator);
                parts.Push(WriteAttribute(attribute));
                separator = "+";
            }
        }

        return string.Concat(parts);
    }

    private static string WriteAttribute(AsnReader attribute)
    {
        string type = attribute.ReadObjectIdentifier();
        if (NameOf(type) is not { } name) return $"{type}={Dump(attribute)}";
        Asn1Tag tag = attribute.PeekTag();
        return tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String
            or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.T61String
            or UniversalTagNumber.BMPString or UniversalTagNumber.NumericString or UniversalTagNumber.VisibleString
            ? $"{name}={Escape(attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue))}"
            : $"{name}={Dump(attribute)}";
    }

    private static string Dump(AsnReader value) => "#" + Convert.ToHexString(value.ReadEncodedValue().Span);

    /// <summary>RFC 2253 section 2.4, and control characters as their numbers.</summary>
    private static string Escape(string value)
    {
        var text = new StringBuilder();
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool isAtEdge = (c == ' ' && (i == 0 || i == value.Length - 1)) || (c == '#' && i == 0);
            if (char.IsAscii(c) && char.IsControl(c)) text.Append(CultureInfo.InvariantCulture, $"\\{(int)c:X2}");
            else if (isAtEdge || c is ',' or '+' or '"' or '\\' or '<' or '>' or ';') text.Append('\\').Append(c);
            else text.Append(c);
        }

        return text.ToString();
    }

    private static string? NameOf(string type) => type switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "title",
        "2.5.4.42" => "GN",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => null,
    };
}
