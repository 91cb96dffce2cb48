import dataiku
from flask import jsonify


@app.route("/customers")
def customers():
    scored = dataiku.Dataset("customers_scored").get_dataframe()
    return jsonify(scored.nlargest(20, "risk").to_dict("records"))
