{# A sheet in the browser, in the order it is read. #}
{% include "review/saying.js" %}

{% include "review/showing.js" %}

{% include "review/saving.js" %}

{% include "review/wiring.js" %}
