app_name = "kampung_bahagia"
app_title = "Kampung Bahagia"
app_publisher = "Kampung Bahagia maintainers"
app_description = "Neighbourhood development with social protection"
app_email = "admin@kampungbahagia.invalid"
app_license = "MIT"
required_apps: list[str] = []
