using System.Text;

namespace Waymark.Field;

public static class Letters
{
    /// <summary>Letters and their accents apart, so that Zoë is found by Zoe. What Unicode says is no character, which the framework would throw at, is left out.</summary>
    public static string Apart(string text) => string.Concat(text.EnumerateRunes().Where(letter => (letter.Value & 0xFFFE) != 0xFFFE && letter.Value is not (>= 0xFDD0 and <= 0xFDEF))).Normalize(NormalizationForm.FormD);
}
