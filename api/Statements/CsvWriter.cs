using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gamification.Api;

/// <summary>
/// Rows of CSV as RFC 4180 has them, in UTF-8: CRLF ends each row, a field with a comma, a quote or a line break stands in quotes. A text that a spreadsheet would run as a
/// formula gets an apostrophe ahead of it, so that a till's receipt number can do nothing on the desk of whoever opens the file.
/// </summary>
internal sealed class CsvWriter(IBufferWriter<byte> output)
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>What spreadsheets begin a formula with, in half and in full width.</summary>
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    private bool _begun;

    /// <summary>A text that came from elsewhere; empty for null.</summary>
    public void Text(string? text)
    {
        Separate();
        if (string.IsNullOrEmpty(text)) return;
        if (Formula.Contains(text[0])) text = "'" + text;
        Write(text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text);
    }

    /// <summary>A number of ours: below zero it is no formula.</summary>
    public void Plain(long? number) => Plain(number?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A value that we made, of letters, digits and nothing that needs quotes; empty for null.</summary>
    public void Plain(string? value)
    {
        Separate();
        if (value is not null) Write(value);
    }

    public void End()
    {
        output.Write("\r\n"u8);
        _begun = false;
    }

    private void Separate()
    {
        if (_begun) output.Write(","u8);
        _begun = true;
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);
}
