using System.Globalization;
using Waymark.Data;

namespace Waymark.Listening;

/// <summary>The key of each survey, thrown away once the survey is closed and everything has moved on.</summary>
public sealed class SurveyKeys(SealKeys keys)
{
    /// <summary>The key of a survey; made when it is first asked for.</summary>
    public SealKey Of(int surveyId) => keys.Of(NameOf(surveyId));

    public void Destroy(int surveyId) => keys.Destroy(NameOf(surveyId));

    private static string NameOf(int surveyId) => string.Create(CultureInfo.InvariantCulture, $"survey-{surveyId}");
}
